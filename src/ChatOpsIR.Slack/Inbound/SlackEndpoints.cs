using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Hangs the door into the web server.</summary>
public static class SlackEndpoints
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Up to here the memory for a body is taken at once: nearly every event is far smaller.</summary>
    private const int FewBytes = 16 * 1024;

    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/slack/commands", (HttpContext http) => ServeAsync(http, SlackRoute.Commands));
        endpoints.MapPost("/slack/interactivity", (HttpContext http) => ServeAsync(http, SlackRoute.Interactivity));
        endpoints.MapPost("/slack/events", (HttpContext http) => ServeAsync(http, SlackRoute.Events));
        endpoints.MapPost("/slack/options", (HttpContext http) => ServeAsync(http, SlackRoute.Options));
        return endpoints;
    }

    private static async Task ServeAsync(HttpContext http, SlackRoute route)
    {
        // The clock runs from here: a request that trickles in has used up its time before anything is done about it.
        var door = http.RequestServices.GetRequiredService<SlackDoor>();
        var stop = http.RequestAborted;
        using var budget = door.Start(stop);
        ReadOnlyMemory<byte>? read;
        try
        {
            read = await ReadAsync(http, budget.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status408RequestTimeout;
            http.Response.Headers.Connection = "close";
            return;
        }

        if (read is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var headers = http.Request.Headers;
        var request = new SlackHttpRequest(http.Request.ContentType, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"], body);
        var reply = await door.HandleAsync(route, request, budget, stop);
        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = reply.ContentType;
        http.Response.ContentLength = reply.Body.Length;
        await http.Response.BodyWriter.WriteAsync(reply.Body, stop);
    }

    // Null when it is larger than anything that Slack sends, however it is sent.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > MostBytes)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (http.Request.ContentLength is <= FewBytes and var length)
        {
            var whole = new byte[length];
            return whole.AsMemory(0, await http.Request.Body.ReadAtLeastAsync(whole, whole.Length, throwOnEndOfStream: false, cancellationToken));
        }

        using var body = new MemoryStream();
        var chunk = new byte[FewBytes];
        while (await http.Request.Body.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
