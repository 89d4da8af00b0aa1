using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Health;

internal static class HealthEndpoints
{
    /// <summary>Whoever asks mostly waits for a few seconds and takes silence for a bot that hangs.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1.5);

    /// <summary>Live: the process answers. Ready: the open incidents were gone through, and the store takes what is written.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("live"));
        routes.MapGet("/healthz/ready", async (RecordStorage storage, ClockCheck clock, FirstRound firstRound, TimeProvider time, CancellationToken cancellationToken) =>
        {
            if (!firstRound.IsDone)
            {
                return Results.Text("The open incidents are being read after the start.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            try
            {
                // A store that can be read and not written would lose nothing, and record nothing either.
                await CheckAsync(storage, time, cancellationToken);
                return clock.Problem is { } off ? Results.Text(off, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready");
            }
            catch (Exception problem) when (problem is StoreException or TimeoutException)
            {
                return Results.Text($"The store does not answer: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }

    private static async Task CheckAsync(RecordStorage storage, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // What is under way on a disk cannot be called off, and is not waited for either.
            await storage.CheckAsync(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{AnswerWithin.TotalSeconds:0.0} seconds went by.", late);
        }
    }
}
