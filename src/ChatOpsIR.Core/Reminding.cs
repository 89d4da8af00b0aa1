using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Tells what is due. Whoever wakes it (a job, the reconciler) may do so early, late or twice: the rules decide.</summary>
public sealed class Reminding(IncidentStreams streams, IDirectory directory, IReminders reminders, Policy policy, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>Tells everything that is due by now, in every incident. One whose stream fails keeps no other from being told.</summary>
    /// <exception cref="StoreException">Something could not be told; its rows stay and it is tried at the next call.</exception>
    public async Task FireDueAsync(CancellationToken cancellationToken)
    {
        StoreException? failed = null;
        foreach (var incident in (await directory.ListDueAsync(time.GetUtcNow(), AtOnce, cancellationToken)).GroupBy(row => row.Incident))
        {
            try
            {
                await FireAsync(incident.Key, cancellationToken);
                foreach (var row in incident)
                {
                    await directory.RemoveDueAsync(row, cancellationToken);
                }
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                failed = new StoreException($"What is due in {incident.Key} could not be told.", problem);
            }
        }

        if (failed is not null)
        {
            throw failed;
        }
    }

    private async Task FireAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stamp = new Stamp(null, now, Actor.System, Source.Self);
        var settled = await streams.Of(incident).SettleAsync(
            new Order<Incident>(stamp, "due", state => new Decision.Accepted(Due.At(now, state, policy))), cancellationToken);

        // The row that woke us goes; the next occurrence must have one, also when nothing was due yet.
        if (Due.Next(settled.State, policy) is { } next)
        {
            var bucket = DueRow.BucketOf(next);
            await directory.PutDueAsync(new DueRow(bucket, incident), cancellationToken);
            reminders.WakeAt(bucket);
        }
    }
}
