using ChatOpsIR.Bot.Health;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Reconciles at start, every half minute, and when another instance is gone. It guarantees what Hangfire executes. While this machine's
/// clock cannot be relied on, it leaves all that to other instances.
/// </summary>
internal sealed class Reconciler(
    Reconciling reconciling, ClockCheck clock, FirstRound firstRound, OtherInstances others, RecordStorage storage, TimeProvider time, ILogger<Reconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EveryAtFirst = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var through = true;
            try
            {
                if (clock.Problem is not null && await clock.LookAgainAsync(stoppingToken) is { } off)
                {
                    logger.LogError("{Problem} Until it does, this instance tells no reminders and takes up no work.", off);
                    through = false;
                }
                else
                {
                    await reconciling.RunAsync(stoppingToken);
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.Log(storage.IsOut && problem is (StoreException or RoundIncompleteException) ? LogLevel.Debug : LogLevel.Error, problem, "The reconciler did not get through; it begins again within {Every}.", Every);
                through = problem is RoundIncompleteException && !storage.IsOut;
            }

            // One incident that cannot be read keeps nobody from using the others: only a round that saw none of them does not count.
            if (through)
            {
                firstRound.Done();
            }

            await WaitAsync(firstRound.IsDone ? Every : EveryAtFirst, stoppingToken);
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(Task.Delay(pause, time, over.Token), others.OneIsGoneAsync(over.Token));
        await over.CancelAsync();
    }
}
