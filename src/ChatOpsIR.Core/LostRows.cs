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

    // So many that cannot be read in one round, and it is the store that does not answer.
    private const int MostFailures = 3;

    private readonly Queue<int> passedOver = [];
    private int? countedThrough;
    private int notYet;

    /// <summary>Looks at some numbers. One that cannot be read is passed over, and asked for again in later rounds.</summary>
    /// <param name="active">The rows that there are.</param>
    /// <exception cref="StoreException">Not all that were to be looked at could be read.</exception>
    public async Task FindAsync(ImmutableArray<ActiveRow> active, CancellationToken cancellationToken)
    {
        var last = (await streams.Numbers.ReadAsync(cancellationToken)).Last;
        var begins = countedThrough is null;
        if (begins)
        {
            countedThrough = notYet = Math.Max(0, last - MostPerRound);
        }

        var round = new Round(active);
        while (countedThrough < last && round.GoesOn)
        {
            await TryLookAtAsync((countedThrough = countedThrough!.Value + 1).Value, round, cancellationToken);
        }

        for (var until = begins ? notYet : Math.Max(0, notYet - MostPerRound); notYet > until && round.GoesOn;)
        {
            await TryLookAtAsync(notYet--, round, cancellationToken);
        }

        for (var again = Math.Min(MostFailures, passedOver.Count - round.Problems.Count); again > 0 && round.GoesOn; again--)
        {
            await TryLookAtAsync(passedOver.Dequeue(), round, cancellationToken);
        }

        if (round.Problems is [var first, ..])
        {
            throw new StoreException(string.Join(' ', round.Problems.Select(problem => problem.Message)), first);
        }
    }

    private async Task TryLookAtAsync(int number, Round round, CancellationToken cancellationToken)
    {
        try
        {
            await LookAtAsync(new IncidentId(number), round.Active, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            passedOver.Enqueue(number);
            round.Problems.Add(problem);
        }
    }

    private async Task LookAtAsync(IncidentId id, ImmutableArray<ActiveRow> active, CancellationToken cancellationToken)
    {
        var incident = await streams.ReadAsync(id, cancellationToken);
        if (!IsOver(incident) && active.All(row => row.Incident != id))
        {
            await directory.TouchActiveAsync(id, cancellationToken);
        }

        if (incident.Room is { Id: var room } && !incident.Pending.Any(pending => pending.Effect is RegisterRoom))
        {
            await PutRoomsAsync(id, room, incident.RoomAliases, cancellationToken);
        }
    }

    private async Task PutRoomsAsync(IncidentId id, RoomId room, ImmutableArray<RoomAlias> aliases, CancellationToken cancellationToken)
    {
        if (await directory.FindRoomAsync(room, cancellationToken) is null)
        {
            await directory.PutRoomAsync(room, id, cancellationToken);
        }

        foreach (var alias in aliases)
        {
            if (await directory.FindRoomAsync(alias.Room, cancellationToken) is null)
            {
                await directory.PutRoomAliasAsync(alias, cancellationToken);
            }
        }
    }

    // Nothing says that a sweep is done, so one that was redacted is swept once more in each process.
    private static bool IsOver(Incident incident) =>
        incident.Status is Status.Voided || (incident.Status is Status.Closed && incident.Pending.IsEmpty && incident.Redactions.IsEmpty);

    private sealed record Round(ImmutableArray<ActiveRow> Active)
    {
        public List<Exception> Problems { get; } = [];

        public bool GoesOn => Problems.Count < MostFailures;
    }
}
