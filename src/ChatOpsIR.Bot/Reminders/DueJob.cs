using ChatOpsIR.Bot.Health;
using ChatOpsIR.Core;
using Hangfire;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>What Hangfire runs. A database keeps jobs by this name, also for the next release.</summary>
public sealed class DueJob(Reminding reminding, ClockCheck clock)
{
    // Hangfire's own delays begin at a quarter of a minute, and whatever is due next is only known once this has run.
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = new[] { 1, 2, 5, 15, 30 })]
    public Task RunAsync(DateTimeOffset bucket, CancellationToken cancellationToken) => clock.Problem is { } off
        ? Task.FromException(new InvalidOperationException($"{off} Another instance has to tell what is due."))
        : reminding.FireAtAsync(bucket, cancellationToken);
}
