using System.Collections.Immutable;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// One append as an entity group transaction. Inserting the row of the next version is the lock; inserting the rows of the causes makes
/// repeats harmless. A conflict, and an answer that never came, is a question: what stands there now is read and compared.
/// </summary>
internal sealed class TableAppend(
    StoreTable table, string partition, Head expected, IReadOnlyList<EntryDraft> drafts, ImmutableArray<RawEntry> entries, DateTimeOffset recordedAt)
{
    private readonly IReadOnlyList<(string Key, int Draft)> _keys = [.. drafts.SelectMany((draft, index) => draft.Keys.Select(key => (key, index)))];

    private AppendResult.Appended Appended => new(new Head(entries[^1].Version, [.. entries[^1].Hash.Span]), recordedAt);

    /// <param name="familiar">The store was seen at the expected head before. Otherwise that is looked at first.</param>
    public async Task<AppendResult> RunAsync(bool familiar, CancellationToken cancellationToken)
    {
        if (!familiar && !await IsAtAsync(cancellationToken))
        {
            return await LookAsync(cancellationToken);
        }

        try
        {
            if (await table.TryInsertAllAsync([.. Rows()], cancellationToken))
            {
                return Appended;
            }
        }
        catch (StoreException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await IsOursAsync(cancellationToken))
            {
                return Appended;
            }

            // Nothing stands there yet, and it may still arrive: whoever asked has to read again.
            throw;
        }

        return await LookAsync(cancellationToken);
    }

    private IEnumerable<TableEntity> Rows() =>
    [
        .. entries.Select(entry => EntryRow.Of(partition, entry)),
        .. _keys.Select(key => CauseRow.Of(partition, key.Key, entries[key.Draft].Version, drafts[key.Draft].Outcome)),
    ];

    private async Task<AppendResult> LookAsync(CancellationToken cancellationToken)
    {
        if (await IsOursAsync(cancellationToken))
        {
            return Appended;
        }

        var moved = await NextAsync(cancellationToken) is not null || !await IsAtAsync(cancellationToken);
        var known = await KnownAsync(cancellationToken);
        if (moved)
        {
            // Every cause is here already: an earlier commit of ours whose answer was lost, or a whole repeat. Either way it is told so.
            return known.Count > 0 && known.Count == _keys.Count ? new AppendResult.Repeated(known) : new AppendResult.Moved();
        }

        return known.Count > 0
            ? new AppendResult.Repeated(known)
            : throw new StoreException($"Azure Tables refuses entry {entries[0].Version} of {partition} as a conflict, and nothing stands in its way.");
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken) =>
        await NextAsync(cancellationToken) is { } next && next.Hash.AsSpan().SequenceEqual(entries[0].Hash.Span);

    private Task<Head?> NextAsync(CancellationToken cancellationToken) => HeadAsync(expected.Version + 1, cancellationToken);

    private async Task<bool> IsAtAsync(CancellationToken cancellationToken) =>
        expected.Version == 0 || (await HeadAsync(expected.Version, cancellationToken) is { } there && there.Hash.AsSpan().SequenceEqual(expected.Hash.AsSpan()));

    private async Task<Head?> HeadAsync(long version, CancellationToken cancellationToken) =>
        await table.FindAsync(partition, StoreRows.Entry(version), cancellationToken, EntryRow.Place) is { } row ? EntryRow.HeadOf(row) : null;

    private async Task<ImmutableDictionary<string, KnownCause>> KnownAsync(CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(_keys.Select(key => table.FindAsync(partition, StoreRows.Cause(key.Key), cancellationToken)));
        return _keys.Zip(rows).Where(found => found.Second is not null).ToImmutableDictionary(found => found.First.Key, found => CauseRow.Read(found.Second!));
    }
}
