using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Which reactions the record shows, read from the stream: no decision needs them, so no state keeps them.</summary>
internal sealed class RecordedReactions(IStreamStore store, StreamId stream)
{
    private const int PageSize = 500;

    private readonly Dictionary<(string Message, string? Name, Actor? Who), Seen> reactions = [];

    /// <summary>The entry up to which the stream was read.</summary>
    public long Through { get; private set; }

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

    public bool Has(RecordedMessage reaction) => reactions.GetValueOrDefault(KeyOf(reaction.Stamp, reaction.Record)).IsThere;

    /// <summary>The entry that last took it away; 0 when none did.</summary>
    public long LastRemovalOf(RecordedMessage reaction) => reactions.GetValueOrDefault(KeyOf(reaction.Stamp, reaction.Record)).RemovedBy;

    private void Read(Entry entry)
    {
        if (entry.Fact is not ChatRecord { Kind: ChatKind.ReactionAdded or ChatKind.ReactionRemoved } record)
        {
            return;
        }

        var key = KeyOf(entry.Stamp, record);
        reactions[key] = record.Kind is ChatKind.ReactionAdded
            ? reactions.GetValueOrDefault(key) with { IsThere = true }
            : new Seen(IsThere: false, entry.Version);
    }

    private static (string, string?, Actor?) KeyOf(Stamp stamp, ChatRecord record) => (record.MessageId, record.Reaction, stamp.Actor);

    private readonly record struct Seen(bool IsThere, long RemovedBy);
}
