using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I12: the snapshot is what the entries say, and so is the directory. Rows too many in it are harmless, rows that lie are not.</summary>
internal static class DirectoryRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence) =>
        [.. record.Incidents.SelectMany(incident => Broken(incident, record, evidence)), .. Strangers(record)];

    private static IEnumerable<string> Broken(IncidentRecord incident, WholeRecord record, Evidence evidence)
    {
        var (id, now) = (incident.Id, incident.Now);
        var next = Due.Next(now, evidence.Policy);
        var working = now.Status is Status.Open or Status.Resolved || !now.Pending.IsEmpty || next is not null;
        if (working && record.Active.All(row => row.Incident != id))
        {
            yield return $"I12: {id} has something to do and no active row.";
        }

        if (next is { } due && !record.Due.Contains(new DueRow(DueRow.BucketOf(due), id)))
        {
            yield return $"I12: {id} is due at {due:O} and no due row says so.";
        }

        foreach (var room in Registered(incident).Where(room => !record.Rooms.Contains((room, id))))
        {
            yield return $"I12: the room {room} of {id} is registered and not in the directory.";
        }

        if (incident.Snapshot is { } kept && !IsFold(kept, incident))
        {
            yield return $"I12: the snapshot of {id} as of version {kept.Head.Version} is not what the entries say.";
        }
    }

    private static IEnumerable<RoomId> Registered(IncidentRecord incident)
    {
        var open = incident.Now.Pending.Select(pending => pending.Key).ToHashSet();
        return
            from entry in incident.Entries
            from promised in entry.Effects.Select((effect, i) => (Effect: effect, Key: new EffectKey(incident.Id.Stream, entry.Version, i)))
            where promised.Effect is RegisterRoom && !open.Contains(promised.Key)
            select ((RegisterRoom)promised.Effect).Room;
    }

    private static IEnumerable<string> Strangers(WholeRecord record)
    {
        var rooms = record.Incidents.SelectMany(incident => incident.Now.Rooms.Select(room => (room.Id, incident.Id))).ToHashSet();
        var numbered = record.Numbers.Select(entry => entry.Fact).OfType<Core.Organisation.IncidentNumbered>().Select(fact => fact.Number).ToHashSet();
        return
        [
            .. record.Rooms.Where(row => !rooms.Contains(row)).Select(row => $"I12: the directory gives the room {row.Room} to {row.Incident}, which does not name it."),
            .. record.Active.Where(row => !numbered.Contains(row.Incident.Number)).Select(row => $"I12: there is an active row of {row.Incident}, a number that nobody gave out."),
        ];
    }

    private static bool IsFold(Snapshot<Incident> kept, IncidentRecord incident) =>
        kept.Head.Version < incident.States.Length &&
        SnapshotCodec.Write(kept.State).AsSpan().SequenceEqual(SnapshotCodec.Write(incident.States[(int)kept.Head.Version]));
}
