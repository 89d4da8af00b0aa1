using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ChatOpsIR.Playground;

/// <summary>What the page and the tests use: look, act, move the clock, hear of changes.</summary>
internal static class ControlEndpoints
{
    private const int LastYear = 2999;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/playground/api/state", (string? @as, Workspace workspace, TimeProvider clock) =>
            Answer(ControlShapes.State(workspace.Look(), @as, clock is IAdvanceable)));
        routes.MapGet("/playground/api/channels/{id}", (string id, string? @as, Workspace workspace) => Found(ControlShapes.Channel(workspace.Look(), id, @as)));
        routes.MapGet("/playground/api/me/{user}", (string user, Workspace workspace) => Found(ControlShapes.Me(workspace.Look(), user)));
        routes.MapGet("/playground/api/changes", ChangesAsync);
        routes.MapPost("/playground/api/act", ActAsync).AddEndpointFilter(LoopbackGuard.CheckSameOrigin);
        routes.MapPost("/playground/api/clock", AdvanceAsync).AddEndpointFilter(LoopbackGuard.CheckSameOrigin);
    }

    private static async Task<IResult> ActAsync(JsonObject act, Workspace workspace, DeliveryService deliveries, CancellationToken ct)
    {
        if (!Json.IsReadable(act))
        {
            return Results.Text(
                "This JSON holds half of a surrogate pair, which is no character, or a name twice. Send whole characters, and each name once.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        var result = workspace.Act(act);
        if (result.Delivery is { } delivery)
        {
            result = await deliveries.AnswerToAsync(delivery, ct);
        }

        return Answer(result.ToJson());
    }

    private static IResult AdvanceAsync(JsonObject body, TimeProvider clock)
    {
        if (clock is not IAdvanceable adjustable)
        {
            return Results.Text("This clock cannot be moved.", statusCode: StatusCodes.Status409Conflict);
        }

        if (body["advanceSeconds"] is not JsonValue value || !value.TryGetValue(out double seconds) || seconds is < 0 or > 31_536_000)
        {
            return Results.Text("advanceSeconds is a number from 0 to a year.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (clock.GetUtcNow().Year >= LastYear)
        {
            return Results.Text($"This clock goes to the year {LastYear}.", statusCode: StatusCodes.Status400BadRequest);
        }

        adjustable.Advance(TimeSpan.FromSeconds(seconds));
        return Answer(new JsonObject { ["ok"] = true, ["now"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
    }

    /// <summary>Server-sent events: one line with the version whenever something changed.</summary>
    private static async Task ChangesAsync(HttpContext http, Workspace workspace, IHostApplicationLifetime lifetime)
    {
        var signal = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Changed() => signal.Writer.TryWrite(true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        workspace.Changed += Changed;
        try
        {
            Changed();
            await foreach (var _ in signal.Reader.ReadAllAsync(stop.Token))
            {
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {workspace.Version}\n\n"), stop.Token);
                await http.Response.Body.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page went away, or the host is stopping: both end the stream.
        }
        finally
        {
            workspace.Changed -= Changed;
        }
    }

    private static IResult Answer(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");

    private static IResult Found(JsonObject? body) => body is null ? Results.NotFound() : Answer(body);
}
