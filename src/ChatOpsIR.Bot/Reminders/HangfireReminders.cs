using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using Hangfire;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>One Hangfire job per due bucket. It carries nothing: what is due is asked of the streams when it runs.</summary>
internal sealed class HangfireReminders(IBackgroundJobClientV2 jobs, TimeProvider time) : IReminders
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

        // Hangfire cuts a due time down to its second and so may run early; a bucket is a whole second already.
        jobs.Schedule<DueJob>(job => job.RunAsync(CancellationToken.None), bucket);
    }
}

/// <summary>What Hangfire runs.</summary>
public sealed class DueJob(Reminding reminding)
{
    [AutomaticRetry(Attempts = 3)]
    public Task RunAsync(CancellationToken cancellationToken) => reminding.FireDueAsync(cancellationToken);
}
