using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatOpsIR.Playground;

/// <summary>The Web API and the response URLs over HTTP.</summary>
internal static class WebApiEndpoints
{
    private const long MostBytes = 1_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/playground/slack/api/{method}", ["GET", "POST"], CallAsync).AddEndpointFilter(TroubledApi.Meet);
        routes.MapPost("/playground/slack/response/{id}", RespondAsync).AddEndpointFilter(TroubledApi.Meet);
    }

    private static async Task<IResult> CallAsync(string method, HttpContext http, Workspace workspace, CancellationToken ct)
    {
        var request = http.Request;
        if (request.ContentLength > MostBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var (arguments, fromJson) = await ReadAsync(request, ct);
        if (arguments is null)
        {
            return Results.Json(new { ok = false, error = "invalid_json" });
        }

        var response = workspace.Call(method, Token(request, arguments, fromJson), arguments, fromJson);
        foreach (var (name, value) in response.Headers)
        {
            http.Response.Headers[name] = value;
        }

        http.Response.StatusCode = response.Status;
        return Results.Bytes(response.Body, "application/json; charset=utf-8");
    }

    private static async Task<(JsonObject? Arguments, bool FromJson)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        JsonObject arguments = [];
        foreach (var (name, values) in request.Query)
        {
            arguments[name] = values.ToString();
        }

        if (request.HasJsonContentType())
        {
            return (await JsonAsync(request, ct), true);
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, values) in await request.ReadFormAsync(ct))
            {
                arguments[name] = values.ToString();
            }
        }

        return (arguments, false);
    }

    private static async Task<JsonObject?> JsonAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength == 0)
        {
            return [];
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: ct) is JsonObject body && Json.IsReadable(body) ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bearer header; a form may carry the token itself, JSON may not.</summary>
    private static string? Token(HttpRequest request, JsonObject arguments, bool fromJson)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return header["Bearer ".Length..].Trim();
        }

        return fromJson ? null : arguments.Text("token");
    }

    private static async Task<IResult> RespondAsync(string id, HttpContext http, Workspace workspace, CancellationToken ct)
    {
        var message = http.Request.HasJsonContentType() ? await JsonAsync(http.Request, ct) : null;
        var (status, body) = workspace.Respond(id, message);
        return Results.Text(body, statusCode: status);
    }
}
