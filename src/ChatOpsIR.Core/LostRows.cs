using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Writes again what the directory should hold and does not: whoever declares may die between the number and its row, and a directory
/// that was restored from a backup is older than the record. Such an incident is in no list, so it is found by counting: the newest numbers
/// in the first round, and as many older ones in each round after it, until all were looked at once.
/// </summary>
public sealed class LostRows(IncidentStreams streams, IDirectory directory)
{
    /// <summary>How many numbers a round looks at beside the new ones: more declarations are never under way at once.</summary>
    public const int MostPerRound = 100;

    private int? countedThrough;
    private int notYet;

    /// <param name="active">The rows that there are.</param>
    public async Task FindAsync(ImmutableArray<ActiveRow> active, CancellationToken cancellationToken)
    {
        var last = (await streams.Numbers.ReadAsync(cancellationToken)).Last;
        if (countedThrough is null)
        {
            countedThrough = notYet = Math.Max(0, last - MostPerRound);
        }
        else
        {
            await LookBackAsync(active, cancellationToken);
        }

        for (var number = countedThrough.Value + 1; number <= last; number++)
        {
            await LookAtAsync(new IncidentId(number), active, cancellationToken);
            countedThrough = number;
        }
    }

    private async Task LookBackAsync(ImmutableArray<ActiveRow> active, CancellationToken cancellationToken)
    {
        for (var until = Math.Max(0, notYet - MostPerRound); notYet > until; notYet--)
        {
            await LookAtAsync(new IncidentId(notYet), active, cancellationToken);
        }
    }

    private async Task LookAtAsync(IncidentId id, ImmutableArray<ActiveRow> active, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        if (!IsOver(incident) && active.All(row => row.Incident != id))
        {
            await directory.TouchActiveAsync(id, cancellationToken);
        }

        if (incident.Room is { Id: var room } && !incident.Pending.Any(pending => pending.Effect is RegisterRoom) && await directory.FindRoomAsync(room, cancellationToken) is null)
        {
            await directory.PutRoomAsync(room, id, cancellationToken);
            foreach (var alias in incident.RoomAliases)
            {
                await directory.PutRoomAliasAsync(alias, cancellationToken);
            }
        }
    }

    // Nothing says that a sweep is done, so one that was redacted is swept once more in each process.
    private static bool IsOver(Incident incident) =>
        incident.Status is Status.Voided || (incident.Status is Status.Closed && incident.Pending.IsEmpty && incident.Redactions.IsEmpty);
}
