using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatOpsIR.Playground;

/// <summary>The bytes of attached files. Always a download and never a page: a file is somebody else's, whatever its name ends in.</summary>
internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/playground/files/{id}", (string id, string? @as, HttpContext http, Workspace workspace) =>
            workspace.Look().Person(@as ?? "") is { } me && workspace.File(id, me.Id) is { } file ? Download(http, file) : Results.NotFound());
        routes.MapGet("/playground/slack/files/{id}/{**name}", (string id, HttpContext http, Workspace workspace) => ForTheBot(id, http, workspace));
    }

    /// <summary>Without a good token Slack shows its sign-in page, with status 200.</summary>
    private static IResult ForTheBot(string id, HttpContext http, Workspace workspace)
    {
        if (http.Request.Headers.Authorization.ToString() != $"Bearer {workspace.Settings.BotToken}" || !workspace.Settings.BotScopes.Contains("files:read"))
        {
            return Results.Text("<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8");
        }

        return workspace.File(id, WorkspaceState.BotUser) is { } file ? Download(http, file) : Results.NotFound();
    }

    private static IResult Download(HttpContext http, StoredFile file)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(file.Content, "application/octet-stream", FileNames.Shown(file.Name));
    }
}
