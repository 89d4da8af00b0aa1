using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>The rows of snapshots: one for each stream, state and format, replaced by later ones.</summary>
internal sealed class TableSnapshots(StoreTable table, string organisation)
{
    private const string Body = "body";
    private const int MostRemembered = 10_000;
    private const int Tries = 10;

    // The row as this process wrote it last, so that the next one needs no look.
    private readonly ConcurrentDictionary<(StreamId Stream, Type State), (long Version, ETag Tag)> _written = [];

    public async Task<Snapshot<TState>?> FindAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class =>
        await table.FindAsync(Partition(stream), Row(typeof(TState)), cancellationToken) is { } row
        && Chunks.Read(row, Body) is { } body && row.GetBinary("hash") is { } hash && SnapshotCodec.Read<TState>(body) is { } state
            ? new Snapshot<TState>(state, new Head(VersionOf(row), [.. hash]))
            : null;

    /// <summary>Best effort: whoever loses a race, or is older, leaves what is there.</summary>
    public async Task SaveAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class
    {
        if (RowOf(stream, snapshot) is not { } row)
        {
            return;
        }

        var there = _written.TryGetValue((stream, typeof(TState)), out var last) ? last : await LookAsync(stream, typeof(TState), cancellationToken);
        if (there is { } older && older.Version > snapshot.Head.Version)
        {
            return;
        }

        var tag = there is { } replaced
            ? await table.TryReplaceAsync(row, replaced.Tag, cancellationToken)
            : await table.TryInsertAsync(row, cancellationToken);
        Remember((stream, typeof(TState)), snapshot.Head.Version, tag);
    }

    /// <summary>Writes a snapshot without fail, and only then lets go of every other that may have what this one has not.</summary>
    public async Task RenewAsync<TState>(StreamId stream, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        for (var tries = 0; !await TryRenewAsync(stream, without, cancellationToken); tries++)
        {
            if (tries == Tries)
            {
                throw new StoreException($"The snapshot of {stream} changed {Tries} times while it was renewed.");
            }
        }

        // Other releases keep theirs in rows of their own.
        var current = Row(typeof(TState));
        var kept = $"{typeof(TState).Name}|";
        foreach (var other in await table.ListAsync(StoreRows.Between(Partition(stream), kept, $"{kept}~"), int.MaxValue, cancellationToken, "PartitionKey", "RowKey"))
        {
            if (other.RowKey != current)
            {
                await table.DeleteAsync(other.PartitionKey, other.RowKey, ETag.All, cancellationToken);
            }
        }
    }

    // Whatever is there is replaced, since it may be of a future that never was. A state that is too large to be kept leaves no snapshot: an
    // older one would still have the text.
    private async Task<bool> TryRenewAsync<TState>(StreamId stream, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        var there = await table.FindAsync(Partition(stream), Row(typeof(TState)), cancellationToken, "PartitionKey", "RowKey", "version");
        if (RowOf(stream, without) is not { } row)
        {
            _written.TryRemove((stream, typeof(TState)), out _);
            await table.DeleteAsync(Partition(stream), Row(typeof(TState)), ETag.All, cancellationToken);
            return true;
        }

        var tag = there is null ? await table.TryInsertAsync(row, cancellationToken) : await table.TryReplaceAsync(row, there.ETag, cancellationToken);
        Remember((stream, typeof(TState)), without.Head.Version, tag);
        return tag is not null;
    }

    // Null where it fits into no row.
    private TableEntity? RowOf<TState>(StreamId stream, Snapshot<TState> snapshot)
        where TState : class
    {
        var body = SnapshotCodec.Write(snapshot.State);
        if (body.Length > Chunks.MostBytes)
        {
            return null;
        }

        var row = new TableEntity(Partition(stream), Row(typeof(TState))) { ["version"] = snapshot.Head.Version, ["hash"] = snapshot.Head.Hash.ToArray() };
        Chunks.Write(row, Body, body);
        return row;
    }

    private async Task<(long Version, ETag Tag)?> LookAsync(StreamId stream, Type state, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition(stream), Row(state), cancellationToken, "PartitionKey", "RowKey", "version") is { } row ? (VersionOf(row), row.ETag) : null;

    private void Remember((StreamId Stream, Type State) which, long version, ETag? tag)
    {
        if (_written.Count >= MostRemembered)
        {
            _written.Clear();
        }

        if (tag is { } written)
        {
            _written[which] = (version, written);
        }
        else
        {
            _written.TryRemove(which, out _);
        }
    }

    private static long VersionOf(TableEntity row) => row.GetInt64("version") ?? 0;

    private static string Row(Type state) => string.Create(CultureInfo.InvariantCulture, $"{state.Name}|{SnapshotFormats.Of(state)}");

    private string Partition(StreamId stream) => StoreRows.Partition(organisation, $"snapshot|{stream}");
}
