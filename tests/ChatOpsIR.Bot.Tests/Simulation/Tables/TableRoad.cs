using Azure;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>
/// The road of one client to its tables. Every request takes its time and may go wrong; the client tries again as Microsoft's does, and
/// so may be told of a conflict with a write of its own.
/// </summary>
/// <param name="patience">How long one request may take.</param>
/// <param name="retries">How often the client tries again.</param>
internal sealed class TableRoad(World world, Life life, TimeProvider time, TimeSpan patience, int retries)
{
    private const int FirstWaitMilliseconds = 200;

    /// <summary>The service ends a page before its first row.</summary>
    public bool StopsEarly => world.Dice.Chance(world.Weather.EmptyPages);

    public async Task<T> AskAsync<T>(string what, Func<T> perform, Func<T, string> describe, bool writes, CancellationToken cancellationToken)
    {
        for (var tried = 0; ; tried++)
        {
            try
            {
                return await AskOnceAsync(what, perform, describe, writes, cancellationToken);
            }
            catch (RequestFailedException failed) when (failed.Status is 0 or 503 && tried < retries)
            {
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && tried < retries)
            {
            }

            await Pause.ForAsync(TimeSpan.FromMilliseconds(FirstWaitMilliseconds << tried), time, cancellationToken);
        }
    }

    private async Task<T> AskOnceAsync<T>(string what, Func<T> perform, Func<T, string> describe, bool writes, CancellationToken cancellationToken)
    {
        world.OnThread($"tables {what}");
        if (life.Over)
        {
            return await new TaskCompletionSource<T>().Task;
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = time.CreateTimer(static late => ((CancellationTokenSource)late!).Cancel(), limit, patience, Timeout.InfiniteTimeSpan);
        var crossing = new TableCrossing<T>(world, life, what, perform, describe, writes);
        world.Crossings.Add(crossing);
        await using var waiting = limit.Token.UnsafeRegister((_, token) => crossing.GiveUp(token), null);
        return await crossing.Answer;
    }
}
