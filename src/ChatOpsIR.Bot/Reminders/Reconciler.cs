using ChatOpsIR.Core;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>Reconciles at start and every half minute. It guarantees what Hangfire executes.</summary>
internal sealed class Reconciler(Reconciling reconciling, FirstRound firstRound, TimeProvider time, ILogger<Reconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await reconciling.RunAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(problem, "The reconciler did not get through; it begins again in {Every}.", Every);
            }

            firstRound.Done();
            await Task.Delay(Every, time, stoppingToken);
        }
    }
}
