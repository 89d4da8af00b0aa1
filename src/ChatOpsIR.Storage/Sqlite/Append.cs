using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>One append, hashed and ready for the writer. Everything is looked at before anything is written.</summary>
internal sealed class Append(
    StreamId stream,
    Head expected,
    IReadOnlyList<EntryDraft> drafts,
    ImmutableArray<RawEntry> entries,
    DateTimeOffset recordedAt)
{
    private readonly (string Key, byte[] Row, int Draft)[] _keys =
        [.. drafts.SelectMany((draft, index) => draft.Keys.Select(key => (key, KeyRows.Row(key), index)))];

    public AppendResult Run(SqliteSession session)
    {
        var known = Known(session);
        if (!IsAt(session, expected))
        {
            // Every cause is here already: an earlier commit of ours whose answer was lost, or a whole repeat. Either way it is told so.
            return known.Count > 0 && known.Count == _keys.Length ? new AppendResult.Repeated(known) : new AppendResult.Moved();
        }

        if (known.Count > 0)
        {
            return new AppendResult.Repeated(known);
        }

        foreach (var entry in entries)
        {
            EntryRows.Insert(session, stream.Value, entry);
        }

        foreach (var (_, row, draft) in _keys)
        {
            KeyRows.Insert(session, stream.Value, row, entries[draft].Version, drafts[draft].Outcome);
        }

        return new AppendResult.Appended(new Head(entries[^1].Version, [.. entries[^1].Hash.Span]), recordedAt);
    }

    private ImmutableDictionary<string, KnownCause> Known(SqliteSession session)
    {
        var known = ImmutableDictionary<string, KnownCause>.Empty;
        if (_keys.Length > 0 && !KeyRows.KnowsAny(session, stream.Value, Array.ConvertAll(_keys, key => key.Row)))
        {
            return known;
        }

        foreach (var (key, row, _) in _keys)
        {
            if (KeyRows.Find(session, stream.Value, row) is { } cause)
            {
                known = known.Add(key, cause);
            }
        }

        return known;
    }

    private bool IsAt(SqliteSession session, Head head)
    {
        var (version, hash) = EntryRows.Head(session, stream.Value);
        return version == head.Version && (version == 0 || head.Hash.AsSpan().SequenceEqual(hash));
    }
}
