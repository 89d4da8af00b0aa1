using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>The streams in Azure Tables.</summary>
internal sealed class TableStreamStore(
    StoreTable answering, StoreTable working, TableSnapshots snapshots, string organisation, FactCodec codec, TimeProvider time, IRandomness randomness)
    : IStreamStore, IRawEntries
{
    private readonly FamiliarHeads _heads = new();

    public async Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read", stream);

        // The entry before comes along: it says where the stream stands when nothing follows.
        var rows = await answering.ListAsync(
            StoreRows.Entries(Partition(stream), Math.Max(after, 1), after + most), int.MaxValue, cancellationToken);
        List<RawEntry> found = [.. rows.Select(EntryRow.Read)];
        var before = found is [var first, ..] && first.Version == after && after > 0 ? first : null;
        var entries = before is null ? found : found[1..];
        if (entries.Count == 0 && before is null && after > 0)
        {
            throw new StoreException($"{stream} has no entry {after}. Was the store restored from a backup?");
        }

        var head = found is [.., var last] ? new Head(last.Version, [.. last.Hash.Span]) : Head.Empty;
        _heads.Saw(stream, head);
        return new StreamSlice([.. entries.Select(entry => EntryReader.Read(stream, entry))], head);
    }

    public async Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        List<EntryDraft> stored = [.. drafts.Select(draft => EntryDraft.Of(draft, codec))];
        AppendGuard.Check(stored);
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = StoreActivity.Start("append", stream);
        var now = time.GetUtcNow();
        var entries = Chain.Link(organisation, stream, expected, stored, now, randomness);
        var append = new TableAppend(answering, Partition(stream), expected, stored, entries, now);
        var result = await append.RunAsync(_heads.Contains(stream, expected), cancellationToken);
        if (result is AppendResult.Appended appended)
        {
            _heads.Saw(stream, appended.Head);
        }

        return result;
    }

    public async Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find", stream);
        return await answering.FindAsync(Partition(stream), StoreRows.Cause(causeKey), cancellationToken) is { } row ? CauseRow.Read(row) : null;
    }

    public async Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("read snapshot", stream);
        if (await snapshots.FindAsync<TState>(stream, cancellationToken) is not { } snapshot)
        {
            return null;
        }

        // It counts only while its entry is there with its hash: after a restored backup it may be of a future that never was.
        var entry = await answering.FindAsync(Partition(stream), StoreRows.Entry(snapshot.Head.Version), cancellationToken, EntryRow.Place);
        return entry is not null && EntryRow.HeadOf(entry).Hash.AsSpan().SequenceEqual(snapshot.Head.Hash.AsSpan()) ? snapshot : null;
    }

    public async Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("save snapshot", stream);
        await snapshots.SaveAsync(stream, snapshot, cancellationToken);
    }

    public async Task RedactAsync<TState>(
        StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("redact", stream);
        var redaction = new TableRedaction(working, stream, Partition(stream));
        await redaction.CheckAsync(versions, cancellationToken);
        await snapshots.RenewAsync(stream, without, cancellationToken);
        foreach (var version in versions)
        {
            await redaction.EmptyAsync(version, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<RawEntry>> ReadRawAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read raw", stream);
        var rows = await working.ListPageAsync(StoreRows.Entries(Partition(stream), after + 1, after + most), most, cancellationToken);
        return [.. rows.Select(EntryRow.Read)];
    }

    private string Partition(StreamId stream) => StoreRows.Partition(organisation, stream.Value);
}
