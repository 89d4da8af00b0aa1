using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The streams in a SQLite database.</summary>
internal sealed class SqliteStreamStore(ISqliteLoop loop, string organisation, FactCodec codec, TimeProvider time, IRandomness randomness)
    : IStreamStore, IRawEntries
{
    private const int TriesToEmptyLog = 10;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private const long MostBytesPerPage = 4 * 1024 * 1024;

    public async Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read", stream);
        var (rows, place) = await loop.ReadAsync(
            session =>
            {
                var found = EntryRows.Read(session, stream.Value, after, most);
                return (found, found is [.., var last] ? Place(last) : PlaceAt(session, stream, after));
            },
            cancellationToken);
        return new StreamSlice([.. rows.Select(row => EntryReader.Read(stream, row))], place);
    }

    public async Task<AppendResult> AppendAsync(
        StreamId stream,
        Head expected,
        IReadOnlyList<Draft> drafts,
        CancellationToken cancellationToken) =>
        await AppendAsync(stream, expected, [.. drafts.Select(draft => EntryDraft.Of(draft, codec))], cancellationToken);

    public async Task<AppendResult> AppendAsync(
        StreamId stream,
        Head expected,
        IReadOnlyList<EntryDraft> drafts,
        CancellationToken cancellationToken)
    {
        AppendGuard.Check(drafts);
        using var activity = StoreActivity.Start("append", stream);
        var now = time.GetUtcNow();
        var entries = Chain.Link(organisation, stream, expected, drafts, now, randomness);
        return await loop.WriteAsync(new Append(stream, expected, drafts, entries, now).Run, cancellationToken);
    }

    public async Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find", stream);
        var row = KeyRows.Row(causeKey);
        return await loop.ReadAsync(session => KeyRows.Find(session, stream.Value, row), cancellationToken);
    }

    public async Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("read snapshot", stream);
        var row = await loop.ReadAsync(session => SnapshotRows.Find(session, stream.Value, typeof(TState)), cancellationToken);
        return row is not null && SnapshotCodec.Read<TState>(row.Body) is { } state
            ? new Snapshot<TState>(state, new Head(row.Version, [.. row.Hash]))
            : null;
    }

    public async Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("save snapshot", stream);
        var row = new SnapshotRow(snapshot.Head.Version, [.. snapshot.Head.Hash], SnapshotCodec.Write(snapshot.State));
        await loop.WriteAsync(session => SnapshotRows.Save(session, stream.Value, typeof(TState), row), cancellationToken);
    }

    public async Task RedactAsync<TState>(
        StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        using var activity = StoreActivity.Start("redact", stream);
        var row = new SnapshotRow(without.Head.Version, [.. without.Head.Hash], SnapshotCodec.Write(without.State));
        await loop.WriteAsync(session => Redaction.Run(session, stream.Value, versions, typeof(TState), row), cancellationToken);
        var tries = 1;
        while (!await loop.AloneAsync(Redaction.EmptyLog, cancellationToken))
        {
            if (tries++ < TriesToEmptyLog)
            {
                // Our own reader is through in no time; meanwhile others write.
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
                continue;
            }

            throw new StoreException("The text is out of the record, and the database's log could not be emptied, since somebody reads the file. It has to be tried again.");
        }
    }

    public async Task<IReadOnlyList<RawEntry>> ReadRawAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read raw", stream);
        return await loop.ReadAsync(session => EntryRows.ReadSome(session, stream.Value, after, most, MostBytesPerPage), cancellationToken);
    }

    private static Head Place(RawEntry entry) => new(entry.Version, [.. entry.Hash.Span]);

    private static Head PlaceAt(SqliteSession session, StreamId stream, long version)
    {
        if (version == 0)
        {
            return Head.Empty;
        }

        return EntryRows.HashAt(session, stream.Value, version) is { } hash
            ? new Head(version, [.. hash])
            : throw new StoreException($"{stream} has no entry {version}. Was the store restored from a backup?");
    }
}
