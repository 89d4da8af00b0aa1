using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>What the record shows of a room, read from the stream: no decision needs its messages and reactions, so no state keeps them.</summary>
internal sealed class RoomAsRecorded(IStreamStore store, StreamId stream, RoomId room)
{
    private const int PageSize = 500;

    private readonly Dictionary<string, Message> messages = [];
    private readonly Dictionary<(string Message, string? Name, Actor? Who), Reaction> reactions = [];

    /// <summary>The entry up to which the stream was read.</summary>
    public long Through { get; private set; }

    /// <summary>The messages that are still there, as the record has it.</summary>
    public IEnumerable<(string Id, Message Message)> Messages => messages.Where(one => !one.Value.IsGone).Select(one => (one.Key, one.Value));

    /// <summary>The reactions that are still there, as the record has it.</summary>
    public IEnumerable<(string Message, string? Name, Actor? Who, Reaction Reaction)> Reactions =>
        reactions.Where(one => one.Value.IsThere).Select(one => (one.Key.Message, one.Key.Name, one.Key.Who, one.Value));

    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(stream, Through, PageSize, cancellationToken) is { Entries: [_, ..] entries })
        {
            foreach (var entry in entries)
            {
                Read(entry);
            }

            Through = entries[^1].Version;
        }
    }

    /// <summary>When a message was written; null when the record does not have it.</summary>
    public DateTimeOffset? WrittenAt(string message) => messages.TryGetValue(message, out var known) && known.FirstVersion > 0 ? known.At : null;

    public bool Has(RecordedMessage reaction) => Find(reaction).IsThere;

    /// <summary>The entry that last took it away; 0 when none did.</summary>
    public long LastRemovalOf(RecordedMessage reaction) => Find(reaction).RemovedBy;

    private Reaction Find(RecordedMessage reaction) => reactions.GetValueOrDefault(KeyOf(reaction.Stamp, reaction.Record));

    private void Read(Entry entry)
    {
        if (entry.Fact is not ChatRecord record || record.Room != room)
        {
            return;
        }

        var id = record.MessageId;
        var key = KeyOf(entry.Stamp, record);
        switch (record.Kind)
        {
            case ChatKind.Message:
                messages[id] = new Message(entry.Version, entry.Version, entry.Stamp.OccurredAt, record.ThreadId, messages.GetValueOrDefault(id).IsGone);
                break;
            case ChatKind.MessageEdited when messages.TryGetValue(id, out var before):
                messages[id] = before with { LastVersion = entry.Version };
                break;
            case ChatKind.MessageDeleted:
                messages[id] = messages.GetValueOrDefault(id) with { IsGone = true };
                break;
            case ChatKind.ReactionAdded or ChatKind.ReactionRemoved:
                reactions[key] = reactions.GetValueOrDefault(key).After(entry, record.Kind is ChatKind.ReactionAdded);
                break;
        }
    }

    private static (string, string?, Actor?) KeyOf(Stamp stamp, ChatRecord record) => (record.MessageId, record.Reaction, stamp.Actor);

    /// <param name="FirstVersion">The entry of the message itself.</param>
    /// <param name="LastVersion">The entry that has its latest words.</param>
    /// <param name="InThread">The message that began the thread it is in; null when it is in none.</param>
    internal readonly record struct Message(long FirstVersion, long LastVersion, DateTimeOffset At, string? InThread, bool IsGone);

    /// <param name="AddedBy">The entry that last gave it.</param>
    /// <param name="RemovedBy">The last entry that says it was taken away; 0 when none does.</param>
    internal readonly record struct Reaction(long AddedBy, DateTimeOffset AddedAt, long RemovedBy, ReactionState State)
    {
        public bool IsThere => State.IsThere;

        public Reaction After(Entry entry, bool added)
        {
            var after = this with { State = State.After(entry.Stamp, added), RemovedBy = added ? RemovedBy : entry.Version };
            return added && !State.IsLate(entry.Stamp) ? after with { AddedBy = entry.Version, AddedAt = entry.Stamp.OccurredAt } : after;
        }
    }
}
