using System.Threading.Channels;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Hands wake-ups to Hangfire, off the answer path: whoever asks has just recorded something and waits for nobody. While Hangfire takes
/// none, they wait here and the reconciler brings what is due.
/// </summary>
internal sealed class HangfireReminders(WakeUpJobs jobs, JobsOutage outage, TimeProvider time, ILogger<HangfireReminders> logger) : BackgroundService, IReminders
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    // Most often it is its database, which is asked every other second and told of by itself.
    private const int Enough = 10;

    private readonly Lock gate = new();
    private readonly HashSet<DateTimeOffset> asked = [];
    private readonly Channel<DateTimeOffset> waiting = Channel.CreateUnbounded<DateTimeOffset>(new UnboundedChannelOptions { SingleReader = true });
    private int failures;
    private bool told;

    public void WakeAt(DateTimeOffset bucket)
    {
        lock (gate)
        {
            if (!asked.Add(bucket))
            {
                return;
            }
        }

        waiting.Writer.TryWrite(bucket);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var bucket in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            Take(bucket);
            while (!IsOvertaken(bucket) && !TryHandOver(bucket))
            {
                await Task.Delay(AgainAfter, time, stoppingToken);
            }
        }
    }

    // Whoever asks for the bucket from here on may mean a row that comes too late for the job that is made now.
    private void Take(DateTimeOffset bucket)
    {
        lock (gate)
        {
            asked.Remove(bucket);
        }
    }

    // Of those whose time has passed while they waited, one is enough: it brings everything that is due by then.
    private bool IsOvertaken(DateTimeOffset bucket) =>
        bucket < time.GetUtcNow() && waiting.Reader.TryPeek(out var next) && next < time.GetUtcNow();

    private bool TryHandOver(DateTimeOffset bucket)
    {
        try
        {
            jobs.Schedule(bucket);
        }
        catch (Exception problem)
        {
            ReminderMetrics.NotTaken.Add(1);
            if (++failures >= Enough && !told && !outage.IsOn)
            {
                told = true;
                logger.LogWarning("Hangfire takes no wake-ups ({Reason}). The reconciler reminds meanwhile, up to half a minute late.", problem.GetBaseException().Message);
            }

            return false;
        }

        if (told)
        {
            logger.LogWarning("Hangfire takes wake-ups again, after {Failures} attempts that failed.", failures);
        }

        (failures, told) = (0, false);
        return true;
    }
}
