using ChatOpsIR.Bot.Health;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using Hangfire;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>What Hangfire runs. A database keeps jobs by this name, also for the next release.</summary>
public sealed class DueJob(Reminding reminding, ClockCheck clock)
{
    // Hangfire's own delays begin at a quarter of a minute, and whatever is due next is only known once this has run.
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = new[] { 1, 2, 5, 15, 30 })]
    public async Task RunAsync(DateTimeOffset bucket, CancellationToken cancellationToken)
    {
        if (clock.Problem is { } off)
        {
            throw new InvalidOperationException($"{off} Another instance has to tell what is due.");
        }

        try
        {
            await reminding.FireAtAsync(bucket, cancellationToken);
        }
        catch (StoreException called) when (cancellationToken.IsCancellationRequested)
        {
            // A bot that stops calls its requests off: that is no failure of the job.
            throw new OperationCanceledException(called.Message, called, cancellationToken);
        }
    }
}
