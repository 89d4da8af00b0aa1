using ChatOpsIR.Playground.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
        routes.MapGet("/playground", Page);
        routes.MapGet("/playground/assets/playground.css", (HttpContext http) => Asset(http, "playground.css", "text/css; charset=utf-8"));
        routes.MapGet("/playground/assets/playground.js", (HttpContext http) => Asset(http, "playground.js", "text/javascript; charset=utf-8"));
    }

    private static RazorComponentResult<PlaygroundPage> Page(
        HttpContext http, [AsParameters] PageQuery query, Workspace workspace, TimeProvider clock, IOptions<PlaygroundOptions> options)
    {
        Protect(http);
        var model = PageModel.Of(workspace.Look(), query, clock is IAdvanceable, http.Request.Cookies["playground-theme"], options.Value);
        return new RazorComponentResult<PlaygroundPage>(new { Model = model });
    }

    private static IResult Asset(HttpContext http, string name, string type)
    {
        Protect(http);
        return Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)!, type);
    }

    private static void Protect(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
