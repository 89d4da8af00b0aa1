using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I6: every promise is kept or told to be beyond us, and people see one message for each.</summary>
internal static class EffectRules
{
    private const string Mark = "chatopsir_effect";

    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence)
    {
        var promised = record.Incidents.SelectMany(Promises).ToDictionary(promise => promise.Key);
        var posts = evidence.Workspace.Channels.SelectMany(channel => channel.Messages).Where(message => message.FromBot).ToLookup(KeyOf);
        foreach (var stray in posts[null].Where(message => message.Visible))
        {
            yield return $"I6: the bot posted {stray.Channel}:{stray.Ts}, which no promise asked for: {stray.Text}";
        }

        foreach (var same in posts.Where(same => same.Key is not null))
        {
            if (!promised.ContainsKey(same.Key!.Value with { Recipient = null }))
            {
                yield return $"I6: {same.First().Channel}:{same.First().Ts} carries out {same.Key}, which nobody promised.";
            }

            if (evidence.Quiet && same.Count(message => message.Visible) > 1)
            {
                yield return $"I6: {same.Key} is visible {same.Count(message => message.Visible)} times: {string.Join(", ", same.Where(message => message.Visible).Select(message => $"{message.Channel}:{message.Ts}"))}.";
            }
        }

        foreach (var wrong in Shown(record, evidence))
        {
            yield return wrong;
        }

        if (!evidence.Quiet)
        {
            yield break;
        }

        foreach (var wrong in record.Incidents.SelectMany(incident => incident.Now.Ready))
        {
            yield return $"I6: {wrong.Key} ({wrong.Effect.GetType().Name}) is still pending.";
        }

        foreach (var wrong in Subscribers(record, posts).Concat(Outsiders(record)))
        {
            yield return wrong;
        }

        foreach (var promise in promised.Values.Where(promise => promise.IsPost && promise.Done && !IsThere(posts[promise.Key])))
        {
            yield return $"I6: {promise.Key} ({promise.Effect.GetType().Name}) is recorded as done, and nobody can see it.";
        }
    }

    // Each subscriber has a message of their own, and the record names those who got one.
    private static IEnumerable<string> Subscribers(WholeRecord record, ILookup<EffectKey?, MessageView> posts) =>
        from incident in record.Incidents
        from told in incident.Entries.Select(entry => entry.Fact).OfType<SubscribersTold>()
        from person in told.Told
        where !IsThere(posts[told.Effect.For(person)])
        select $"I6: {told.Effect} is recorded as told to {person}, who cannot see it.";

    // I13, for summaries: whoever got one of a private incident was involved in it.
    private static IEnumerable<string> Outsiders(WholeRecord record) =>
        from incident in record.Incidents
        where incident.Now.Private
        from told in incident.Entries.Select(entry => entry.Fact).OfType<SubscribersTold>()
        from person in told.Told
        where !incident.States.Any(state => state.Involves(person))
        select $"I13: {incident.Id} is private, and {person} was told of it by {told.Effect}.";

    // I13, for what the bot says: of a private incident nothing stands where everybody can read it.
    private static IEnumerable<string> Shown(WholeRecord record, Evidence evidence) =>
        from incident in record.Incidents
        where incident.States.All(state => !state.Exists || state.Private)
        from channel in evidence.Workspace.Channels
        where channel.Kind is ChannelKind.Public
        from message in channel.Messages
        where message is { FromBot: true, Visible: true } && KeyOf(message)?.Stream == incident.Id.Stream
        select $"I13: {incident.Id} is private, and the bot tells of it in #{channel.Name}: {message.Text}";

    private static IEnumerable<Promise> Promises(IncidentRecord incident)
    {
        var open = incident.Now.Pending.Select(pending => pending.Key).ToHashSet();
        var failed = incident.Entries.Select(entry => entry.Fact).OfType<EffectFailed>().Select(fact => fact.Effect).ToHashSet();
        return
            from entry in incident.Entries
            from pair in entry.Effects.Select((effect, i) => (Effect: effect, Key: new EffectKey(incident.Id.Stream, entry.Version, i)))
            select new Promise(pair.Key, pair.Effect, !open.Contains(pair.Key) && !failed.Contains(pair.Key));
    }

    // A message that somebody else took away was there.
    private static bool IsThere(IEnumerable<MessageView> posts) => posts.Any(post => post.Visible || (post.GoneBy is not null && post.GoneBy != post.User));

    public static EffectKey? KeyOf(MessageView message) =>
        message.Metadata?["event_type"]?.GetValue<string>() is Mark &&
        EffectKey.TryParse(message.Metadata["event_payload"]?["effect"]?.GetValue<string>(), out var key) ? key : null;

    private sealed record Promise(EffectKey Key, Effect Effect, bool Done)
    {
        public bool IsPost => Effect is PostCard or Announce or SendDutyCard or TellRoom or TellPerson;
    }
}
