using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Health;

internal static class HealthEndpoints
{
    /// <summary>Live: the process answers. Ready: the open incidents were gone through, and the store takes what is written.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("live"));
        routes.MapGet("/healthz/ready", async (RecordStorage storage, ClockCheck clock, FirstRound firstRound, CancellationToken cancellationToken) =>
        {
            if (!firstRound.IsDone)
            {
                return Results.Text("The open incidents are being read after the start.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            try
            {
                // A store that can be read and not written would lose nothing, and record nothing either.
                await storage.Directory.PutShownAsync("health", "ready", cancellationToken);
                return clock.Problem is { } off ? Results.Text(off, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready");
            }
            catch (StoreException problem)
            {
                return Results.Text($"The store does not answer: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
