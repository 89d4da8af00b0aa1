using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>
/// Records what has gone from a room while nobody listened: what the record has and a whole reading of the history, threads included,
/// no longer shows. Nothing is concluded about what is older than the oldest message shown, since platforms hide or drop the old end of
/// a history, nor about what came so lately that it may not have been listed yet.
/// </summary>
internal sealed class Vanished(IncidentStreams streams, TimeProvider time)
{
    private static readonly TimeSpan ListedAfter = TimeSpan.FromMinutes(1);

    public async Task RecordAsync(IncidentId incident, HistoryReading reading, CancellationToken cancellationToken)
    {
        var recorded = reading.Recorded;
        await recorded.ReadOnAsync(cancellationToken);
        var latest = reading.BeganAt - ListedAfter;
        foreach (var (_, message) in recorded.Messages
            .Where(one => !reading.Shows(one.Id) && one.Message.FirstVersion <= reading.From && one.Message.At < latest && one.Message.At > reading.Oldest &&
                IsThreadWithinReach(one.Message, reading, recorded))
            .OrderBy(one => one.Message.FirstVersion)
            .ToList())
        {
            await RecordDeletionAsync(incident, message, cancellationToken);
        }

        foreach (var one in recorded.Reactions
            .Where(one => reading.Shows(one.Message) && !reading.MayShow(one.Message, one.Name, one.Who) &&
                one.Reaction.AddedBy <= reading.From && one.Reaction.AddedAt < latest)
            .OrderBy(one => one.Reaction.AddedBy)
            .ToList())
        {
            await RecordRemovalAsync(incident, one.Reaction.AddedBy, recorded, cancellationToken);
        }
    }

    // A thread is found by the message that began it: where that one is hidden with the old end, so are the replies, however young.
    private static bool IsThreadWithinReach(RoomAsRecorded.Message message, HistoryReading reading, RoomAsRecorded recorded) =>
        message.InThread is not { } thread || reading.Shows(thread) || recorded.WrittenAt(thread) > reading.Oldest;

    private async Task RecordDeletionAsync(IncidentId incident, RoomAsRecorded.Message message, CancellationToken cancellationToken)
    {
        var written = await streams.EntryAsync(incident, message.FirstVersion, cancellationToken);
        var latest = message.LastVersion == message.FirstVersion ? written : await streams.EntryAsync(incident, message.LastVersion, cancellationToken);
        var record = (ChatRecord)written.Fact;
        var deletion = new ChatRecord(ChatKind.MessageDeleted, record.Room, record.MessageId)
        {
            ThreadId = record.ThreadId,
            Author = record.Author,
            PreviousText = (latest.Fact as ChatRecord)?.Text,
        };
        await streams.RecordAsync(incident, new RecordedMessage(Found($"{written.Stamp.CauseKey}:del", who: null), deletion), cancellationToken);
    }

    // A reaction is given and taken at will: it has gone only if the record, as of this very entry, still has that very one.
    private async Task RecordRemovalAsync(IncidentId incident, long addedBy, RoomAsRecorded recorded, CancellationToken cancellationToken)
    {
        var added = await streams.EntryAsync(incident, addedBy, cancellationToken);
        var removal = (ChatRecord)added.Fact with { Kind = ChatKind.ReactionRemoved, Original = default };
        while (recorded.Reactions.Any(one => one.Reaction.AddedBy == addedBy))
        {
            var through = recorded.Through;
            var order = new Order<Incident>(Found($"{added.Stamp.CauseKey}:gone", added.Stamp.Actor), "chat", now =>
                now.Version == through ? Decision.Accept(removal) : Decision.Refuse(RecordHasGrown));
            await streams.Of(incident).SettleAsync(order, cancellationToken);
            await recorded.ReadOnAsync(cancellationToken);
        }
    }

    /// <summary>Why a conclusion from the record has to be drawn again.</summary>
    public static Refusal RecordHasGrown { get; } = new("moved", "The record has grown.");

    // When it happened nobody knows: it was found now.
    private Stamp Found(string causeKey, Actor? who) => new(causeKey, time.GetUtcNow(), who, Source.Backfill);
}
