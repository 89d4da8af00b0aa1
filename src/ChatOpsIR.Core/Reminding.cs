using System.Collections.Concurrent;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Tells what is due. Whoever wakes it (a job, the reconciler) may do so early, late or twice: the rules decide.</summary>
public sealed class Reminding(IncidentStreams streams, IDirectory directory, IReminders reminders, Policy policy, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>How many incidents are told side by side, so that they share the store's commits.</summary>
    private const int SideBySide = 32;

    /// <summary>
    /// Tells what is due, woken for a bucket. The clock that woke us may run ahead of ours, and wakes us once: what would not be due yet is
    /// waited for, or it would have lost its wake-up.
    /// </summary>
    /// <exception cref="StoreException">Something could not be told; its rows stay and it is tried at the next call.</exception>
    public async Task FireAtAsync(DateTimeOffset bucket, CancellationToken cancellationToken)
    {
        while (bucket - time.GetUtcNow() is var early && early > TimeSpan.Zero)
        {
            await Pause.ForAsync(early, time, cancellationToken);
        }

        await FireDueAsync(cancellationToken);
    }

    /// <summary>Tells everything that is due by now, in every incident. One whose stream fails keeps no other from being told.</summary>
    /// <exception cref="StoreException">Something could not be told; its rows stay and it is tried at the next call.</exception>
    public async Task FireDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var left = new ConcurrentDictionary<IncidentId, StoreException?>();
        while (true)
        {
            // The rows of those that failed stay, as do those of what is not due yet after all. They must not hide the ones behind them.
            var rows = await directory.ListDueAsync(now, PageSize + left.Count, cancellationToken);
            var due = new ConcurrentQueue<IGrouping<IncidentId, DueRow>>(rows.GroupBy(row => row.Incident).Where(incident => !left.ContainsKey(incident.Key)));
            if (due.IsEmpty)
            {
                break;
            }

            await Task.WhenAll(Enumerable.Range(0, Math.Min(SideBySide, due.Count)).Select(_ => FireAsync(due, left, cancellationToken)));
        }

        if (left.Values.OfType<StoreException>().FirstOrDefault() is { } problem)
        {
            throw problem;
        }
    }

    private async Task FireAsync(
        ConcurrentQueue<IGrouping<IncidentId, DueRow>> due, ConcurrentDictionary<IncidentId, StoreException?> left, CancellationToken cancellationToken)
    {
        while (due.TryDequeue(out var incident))
        {
            try
            {
                var next = await FireAsync(incident.Key, cancellationToken);
                foreach (var row in incident)
                {
                    if (row.Bucket == next)
                    {
                        left[incident.Key] = null;
                    }
                    else
                    {
                        await directory.RemoveDueAsync(row, cancellationToken);
                    }
                }
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                left[incident.Key] = new StoreException($"What is due in {incident.Key} could not be told.", problem);
            }
        }
    }

    // Gives the bucket of what is due next. Where the clock was set back meanwhile, that is the one which woke us.
    private async Task<DateTimeOffset?> FireAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stamp = new Stamp(null, now, Actor.System, Source.Self);
        var settled = await streams.Of(incident).SettleAsync(
            new Order<Incident>(stamp, "due", state => new Decision.Accepted(Due.At(now, state, policy))), cancellationToken);

        // The row that woke us goes; the next occurrence must have one, also when nothing was due yet.
        if (Due.Next(settled.State, policy) is not { } next)
        {
            return null;
        }

        var bucket = DueRow.BucketOf(next);
        await directory.PutDueAsync(new DueRow(bucket, incident), cancellationToken);
        reminders.WakeAt(bucket);
        return bucket;
    }
}
