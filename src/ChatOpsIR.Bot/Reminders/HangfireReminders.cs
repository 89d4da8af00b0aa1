using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using Hangfire;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>One Hangfire job per due bucket. It carries nothing: what is due is asked of the streams when it runs.</summary>
internal sealed class HangfireReminders(IBackgroundJobClientV2 jobs, TimeProvider time, ILogger<HangfireReminders> logger) : IReminders
{
    private readonly Lock gate = new();
    private readonly HashSet<DateTimeOffset> scheduled = [];

    public void WakeAt(DateTimeOffset bucket)
    {
        lock (gate)
        {
            scheduled.RemoveWhere(known => known < time.GetUtcNow());
            if (!scheduled.Add(bucket))
            {
                return;
            }
        }

        try
        {
            // Hangfire cuts a due time down to its second and so may run early; a bucket is a whole second already.
            jobs.Schedule<DueJob>(job => job.RunAsync(CancellationToken.None), bucket);
        }
        catch (BackgroundJobClientException problem)
        {
            // Whoever asks has just recorded something, which stands whatever becomes of this wake-up.
            logger.LogWarning(problem, "Hangfire does not take the wake-up for {Bucket}; the reconciler brings what is due then.", bucket);
        }
    }
}

/// <summary>What Hangfire runs.</summary>
public sealed class DueJob(Reminding reminding)
{
    // Hangfire's own delays begin at a quarter of a minute, and whatever is due next is only known once this has run.
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = new[] { 1, 2, 5, 15, 30 })]
    public Task RunAsync(CancellationToken cancellationToken) => reminding.FireDueAsync(cancellationToken);
}
