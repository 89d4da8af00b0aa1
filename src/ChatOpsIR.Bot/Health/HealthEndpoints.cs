using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Health;

internal static class HealthEndpoints
{
    /// <summary>Every entry carries this machine's clock as the time it was recorded (design page, section 4).</summary>
    private static readonly TimeSpan MostOff = TimeSpan.FromSeconds(2);

    /// <summary>Live: the process answers. Ready: the open incidents were gone through, and the store takes what is written.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("live"));
        routes.MapGet("/healthz/ready", async (RecordStorage storage, FirstRound firstRound, CancellationToken cancellationToken) =>
        {
            if (!firstRound.IsDone)
            {
                return Results.Text("The open incidents are being read after the start.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            try
            {
                // A store that can be read and not written would lose nothing, and record nothing either.
                await storage.Directory.PutShownAsync("health", "ready", cancellationToken);
                return storage.ClockOff > MostOff
                    ? Results.Text($"This machine's clock is {storage.ClockOff.TotalSeconds:0.0} s off the store's. Let it keep time (NTP).", statusCode: StatusCodes.Status503ServiceUnavailable)
                    : Results.Text("ready");
            }
            catch (StoreException problem)
            {
                return Results.Text($"The store does not answer: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
