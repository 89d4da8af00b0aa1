using System.Net;
using Microsoft.AspNetCore.Http;

namespace ChatOpsIR.Playground;

/// <summary>The act-as switch is no authentication, so only this machine may use it. The Host header is checked as well: a web page whose name
/// was pointed at 127.0.0.1 (DNS rebinding) comes from a loopback address but says another name.</summary>
internal static class LoopbackGuard
{
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return IsLocal(http) ? await next(context) : Refuse(http, "The playground answers this machine only, at 127.0.0.1 or localhost.");
    }

    /// <summary>For calls that change something: no other origin, and JSON, which a foreign form cannot send without asking first.</summary>
    public static async ValueTask<object?> CheckSameOrigin(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsSameOrigin(http.Request))
        {
            return Refuse(http, "This came from another origin.");
        }

        return http.Request.HasJsonContentType() ? await next(context) : Results.Text("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool IsLocal(HttpContext http)
    {
        // No address at all means an in-memory server, which nobody outside this process can reach.
        var remote = http.Connection.RemoteIpAddress;
        return (remote is null || IPAddress.IsLoopback(remote)) && IsLoopbackName(http.Request.Host.Host);
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
        {
            return site == "same-origin";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }

    private static IResult Refuse(HttpContext http, string sentence)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(sentence, statusCode: StatusCodes.Status403Forbidden);
    }
}
