using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// Links drafts to a head. The head is what the drafts were decided upon, and the append fails when it is another by then, so all the
/// hashing is done before the one writer's turn.
/// </summary>
internal static class Chain
{
    private const int SaltLength = 32;

    public static ImmutableArray<RawEntry> Link(
        string organisation,
        StreamId stream,
        Head head,
        IReadOnlyList<EntryDraft> drafts,
        DateTimeOffset recordedAt,
        IRandomness randomness)
    {
        var entries = ImmutableArray.CreateBuilder<RawEntry>(drafts.Count);
        var version = head.Version;
        ReadOnlyMemory<byte> previous = ImmutableCollectionsMarshal.AsArray(head.Hash);
        foreach (var draft in drafts)
        {
            var unhashed = Unhashed(draft, ++version, previous, Times.Write(recordedAt), randomness);
            var entry = unhashed with { Hash = EntryHash.Of(organisation, stream.Value, unhashed) };
            entries.Add(entry);
            previous = entry.Hash;
        }

        return entries.MoveToImmutable();
    }

    private static RawEntry Unhashed(EntryDraft draft, long version, ReadOnlyMemory<byte> previous, string recordedAt, IRandomness randomness)
    {
        var salt = new byte[SaltLength];
        randomness.Fill(salt);
        return new RawEntry
        {
            Version = version,
            Kind = draft.Kind,
            OccurredAt = Times.Write(draft.Stamp.OccurredAt),
            RecordedAt = recordedAt,
            Actor = draft.Stamp.Actor?.Value,
            Source = StoredWords<Source>.Write(draft.Stamp.Source),
            CauseKey = draft.Stamp.CauseKey,
            Data = draft.Data,
            Content = draft.Content,
            Salt = salt,
            Commitment = EntryHash.Commit(salt, draft.Content),
            PreviousHash = previous,
            Hash = default,
        };
    }
}
