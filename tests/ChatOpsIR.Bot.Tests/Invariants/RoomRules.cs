using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I5: once quiet, one room per incident, and no room of ours that no incident knows.</summary>
internal static class RoomRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence)
    {
        var view = evidence.Workspace;
        foreach (var incident in record.Incidents.Where(incident => incident.Now.Rooms.Length > 1))
        {
            yield return $"I5: {incident.Id} has {incident.Now.Rooms.Length} rooms: {string.Join(", ", incident.Now.Rooms.Select(room => room.Name))}.";
        }

        var named = record.Incidents.SelectMany(incident => incident.Now.Rooms.Select(room => (room.Id.Id, incident.Id))).ToLookup(pair => pair.Item1, pair => pair.Item2);
        foreach (var shared in named.Where(room => room.Distinct().Count() > 1))
        {
            yield return $"I5: {string.Join(" and ", shared)} share the room {shared.Key}.";
        }

        foreach (var room in named.Where(room => view.Channels.All(channel => channel.Id != room.Key)))
        {
            yield return $"I5: {room.First()} names the room {room.Key}, which is not in the workspace.";
        }

        if (!evidence.Quiet)
        {
            yield break;
        }

        var bots = view.People.Where(person => person.IsBot).Select(person => person.Id).ToHashSet();
        foreach (var orphan in view.Channels.Where(channel => channel.Kind is not ChannelKind.Direct && bots.Contains(channel.Creator) && !named.Contains(channel.Id)))
        {
            yield return $"I5: the bot opened #{orphan.Name} ({orphan.Id}), and no incident knows it.";
        }
    }
}
