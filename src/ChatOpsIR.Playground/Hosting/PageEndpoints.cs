using ChatOpsIR.Playground.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Playground;

/// <summary>The page, its stylesheet and its script: nothing from elsewhere, nothing inline.</summary>
internal static class PageEndpoints
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/playground", PageAsync);
        routes.MapGet("/playground/assets/{name}", Asset);
    }

    /// <summary>Drawn by <see cref="HtmlRenderer"/> alone: no interactive runtime, and none of the services that one would bring along.</summary>
    private static async Task<IResult> PageAsync(
        HttpContext http, [AsParameters] PageQuery query, Workspace workspace, TimeProvider clock, IOptions<PlaygroundOptions> options, HtmlRenderer renderer)
    {
        Protect(http);
        var model = PageModel.Of(workspace.Look(), query, clock is IAdvanceable, http.Request.Cookies["playground-theme"], options.Value) with { Chaos = workspace.Chaos.Look() };
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PlaygroundPage.Model)] = model });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PlaygroundPage>(parameters)).ToHtmlString());
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private static IResult Asset(string name, HttpContext http)
    {
        Protect(http);
        return typeof(PageEndpoints).Assembly.GetManifestResourceStream(name) is { } asset
            ? Results.Stream(asset, Path.GetExtension(name) == ".css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8")
            : Results.NotFound();
    }

    private static void Protect(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
