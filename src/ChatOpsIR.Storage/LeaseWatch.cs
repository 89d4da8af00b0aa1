using System.Collections.Concurrent;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage;

/// <summary>
/// Tells which leases have run out: those whose row stayed as it is for as long as a lease lasts, by a counter of this process that nobody
/// sets. No two clocks are compared, so that a lease has one holder whatever the clocks of the instances say.
/// </summary>
internal sealed class LeaseWatch(TimeProvider time)
{
    private readonly ConcurrentDictionary<IncidentId, Seen> watched = [];

    /// <summary>Looks at a lease that somebody holds; true when it has run out since it was first seen like this.</summary>
    /// <param name="asked">The counter before the row was asked for.</param>
    /// <param name="row">Another after each change of the row.</param>
    public bool HasRunOut(IncidentId incident, long asked, string row)
    {
        if (watched.TryGetValue(incident, out var seen) && seen.Row == row)
        {
            return time.GetElapsedTime(seen.At, asked) >= Lease.Length;
        }

        watched[incident] = new Seen(row, time.GetTimestamp());
        return false;
    }

    /// <summary>Nobody holds it, or we do: there is nothing to wait for.</summary>
    public void Forget(IncidentId incident) => watched.TryRemove(incident, out _);

    private readonly record struct Seen(string Row, long At);
}
