using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>
/// I1: everything that happened in a war room is in the record exactly once, and nothing else is. What was gone before the room was
/// known may be missing: nobody could tell us.
/// </summary>
internal static class MessageRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence) =>
        from incident in record.Incidents
        from room in incident.Now.Rooms
        let channel = evidence.Workspace.Channels.FirstOrDefault(channel => channel.Id == room.Id.Id)
        where channel is not null
        from wrong in new RoomHistory(incident, room.Id, channel, evidence).Broken()
        select wrong;

    private sealed class RoomHistory
    {
        private readonly IncidentRecord incident;
        private readonly RoomId room;
        private readonly ChannelView channel;
        private readonly Evidence evidence;
        private readonly DateTimeOffset known;
        private readonly ILookup<string, Entry> recorded;

        public RoomHistory(IncidentRecord incident, RoomId room, ChannelView channel, Evidence evidence)
        {
            (this.incident, this.room, this.channel, this.evidence) = (incident, room, channel, evidence);
            var registered = KnownSince(incident, room);
            known = registered < DateTimeOffset.MaxValue ? registered + evidence.ClocksOffBy : registered;
            recorded = incident.Entries.Where(entry => entry.Fact is ChatRecord chat && chat.Room == room).ToLookup(entry => ((ChatRecord)entry.Fact).MessageId);
        }

        public IEnumerable<string> Broken() =>
        [
            .. channel.Messages.SelectMany(Message),
            .. recorded.Where(group => group.Key.Length > 0 && channel.Messages.All(message => message.Ts != group.Key))
                .Select(group => $"I1: {incident.Id} tells of {channel.Id}:{group.Key} (version {group.First().Version}), which never was in #{channel.Name}."),
        ];

        private IEnumerable<string> Message(MessageView message)
        {
            var chats = recorded[message.Ts].Select(entry => (ChatRecord)entry.Fact).ToList();
            var said = chats.Where(chat => chat.Kind is ChatKind.Message or ChatKind.MemberJoined or ChatKind.MemberLeft or ChatKind.RoomChanged).ToList();
            var name = $"{channel.Id}:{message.Ts} (“{message.Text}”)";
            var due = MustKnow(message);
            if (due && said.Count == 0)
            {
                yield return $"I1: {incident.Id} does not have the message {name}.";
            }

            if (said.Count > 1)
            {
                yield return $"I1: {incident.Id} has the message {name} {said.Count} times.";
            }

            string[] texts = [.. message.EarlierTexts, message.Text];
            foreach (var other in said.Where(chat => chat.Text is { } text && !texts.Contains(text)))
            {
                yield return $"I1: {incident.Id} has the message {name} with a text that it never had: “{other.Text}”.";
            }

            foreach (var wrong in Edits(message, chats, texts[1..], name, due).Concat(Deletion(message, chats, name, due)).Concat(Reactions(message, name, due)))
            {
                yield return wrong;
            }
        }

        private IEnumerable<string> Edits(MessageView message, List<ChatRecord> chats, string[] edits, string name, bool due)
        {
            var recordedEdits = chats.Where(chat => chat.Kind is ChatKind.MessageEdited).Select(chat => chat.Text ?? "").ToList();

            // Our own repaints are no edits of the record.
            var expected = message.FromBot ? [] : edits;
            foreach (var text in recordedEdits.Concat(expected).Distinct())
            {
                var (has, was) = (recordedEdits.Count(edit => edit == text), expected.Count(edit => edit == text));
                if (has > was)
                {
                    yield return $"I1: {incident.Id} has {has} edits of {name} to “{text}”, and there were {was}.";
                }
                else if (has < was && due && TimeOf(message.Ts) > known)
                {
                    yield return $"I1: {incident.Id} has {has} of {was} edits of {name} to “{text}”.";
                }
            }
        }

        private IEnumerable<string> Deletion(MessageView message, List<ChatRecord> chats, string name, bool due)
        {
            var deletions = chats.Count(chat => chat.Kind is ChatKind.MessageDeleted);
            var gone = message.GoneBy is not null;
            if (deletions > (gone ? 1 : 0))
            {
                yield return $"I1: {incident.Id} tells {deletions} times that {name} was deleted, and it was {(gone ? "once" : "not")}.";
            }
            else if (gone && due && deletions == 0)
            {
                yield return $"I1: {incident.Id} does not tell that {name} was deleted.";
            }
        }

        // Views show who reacts at the end, so the record has to come to the same: what the platform sent by the time it happened, and what
        // a reading of the history found at its place.
        private IEnumerable<string> Reactions(MessageView message, string name, bool due)
        {
            var changes = recorded[message.Ts].Where(entry => ((ChatRecord)entry.Fact).Kind is ChatKind.ReactionAdded or ChatKind.ReactionRemoved).ToList();
            foreach (var twice in changes.Where(entry => entry.Stamp.Source is Source.Live).GroupBy(entry => (OfWhom(entry), entry.Stamp.OccurredAt)).Where(group => group.Count() > 1))
            {
                yield return $"I1: {incident.Id} tells {twice.Count()} times of one :{twice.Key.Item1.Reaction}: at {name}.";
            }

            var counted = changes.GroupBy(OfWhom).Where(IsThere).ToLookup(group => group.Key.Reaction);
            foreach (var emoji in message.Reactions.Select(reaction => reaction.Name).Concat(counted.Select(group => group.Key)).Distinct())
            {
                var shown = message.Reactions.Where(reaction => reaction.Name == emoji).Sum(reaction => reaction.Users.Count);
                if (due && message.Visible && TimeOf(message.Ts) > known && counted[emoji].Count() != shown)
                {
                    yield return $"I1: {incident.Id} counts {counted[emoji].Count()} :{emoji}: at {name}, and people see {shown}.";
                }
            }
        }

        private static (string Reaction, Actor? Who) OfWhom(Entry entry) => (((ChatRecord)entry.Fact).Reaction ?? "", entry.Stamp.Actor);

        private static bool IsThere(IEnumerable<Entry> ofOne)
        {
            var told = ofOne.OrderBy(entry => entry.Version).ToList();
            var counting = told.Where((entry, nth) => entry.Stamp.Source is not Source.Live ||
                !told.Take(nth).Any(before => before.Stamp.Source is Source.Live && before.Stamp.OccurredAt > entry.Stamp.OccurredAt));
            return ((ChatRecord)counting.Last().Fact).Kind is ChatKind.ReactionAdded;
        }

        private bool MustKnow(MessageView message) =>
            known < DateTimeOffset.MaxValue && (TimeOf(message.Ts) > known || message.GoneBy is null) && !IsOnItsWay(message.Ts) && IsListening();

        private bool IsListening() => !channel.Archived && evidence.Workspace.People.Any(person => person.IsBot && channel.Members.Contains(person.Id));

        private bool IsOnItsWay(string ts) => evidence.Workspace.Unacknowledged.Concat(evidence.GivenUp)
            .Any(delivery => delivery.Body.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(ts)) >= 0);

        private static DateTimeOffset KnownSince(IncidentRecord incident, RoomId room)
        {
            var registering =
                from entry in incident.Entries
                from pair in entry.Effects.Select((effect, i) => (Effect: effect, Key: new EffectKey(incident.Id.Stream, entry.Version, i)))
                where pair.Effect is RegisterRoom register && register.Room == room
                select pair.Key;
            var keys = registering.ToHashSet();
            return incident.Entries.Where(entry => entry.Fact is EffectDone done && keys.Contains(done.Effect)).Select(entry => entry.RecordedAt).FirstOrDefault(DateTimeOffset.MaxValue);
        }

        private static DateTimeOffset TimeOf(string ts) =>
            DateTimeOffset.UnixEpoch.AddTicks((long)(decimal.Parse(ts, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
    }
}
