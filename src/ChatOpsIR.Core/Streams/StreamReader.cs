using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>Folds a stream's state from its snapshot and the entries after it, and keeps snapshots so that those stay few.</summary>
internal sealed class StreamReader<TState>(StreamId stream, IStreamStore store, StreamRules<TState> rules, TimeProvider time)
    where TState : class
{
    private const int PageSize = 500;

    // One snapshot for this many entries: four writes more in a hundred, and a cold start that reads next to nothing.
    private const int SnapshotEvery = 25;

    // While orders wait, the snapshot does so too, but no longer than this.
    private const int SnapshotWhenBusy = 200;

    private static readonly TimeSpan StoreCallLimit = TimeSpan.FromSeconds(2);

    private long snapshotAt;

    public async Task<Snapshot<TState>> LoadAsync()
    {
        using var limit = new CancellationTokenSource(StoreCallLimit, time);
        var snapshot = await store.ReadSnapshotAsync<TState>(stream, limit.Token);
        snapshotAt = snapshot?.Head.Version ?? 0;
        return await CatchUpAsync(snapshot ?? new Snapshot<TState>(rules.Empty(stream), Head.Empty));
    }

    /// <summary>Folds in whatever was appended since.</summary>
    public async Task<Snapshot<TState>> CatchUpAsync(Snapshot<TState> from)
    {
        while (true)
        {
            using var limit = new CancellationTokenSource(StoreCallLimit, time);
            var slice = await store.ReadAsync(stream, from.Head.Version, PageSize, limit.Token);
            if (slice.Entries.IsEmpty)
            {
                return from;
            }

            var state = from.State;
            foreach (var entry in slice.Entries)
            {
                state = rules.Apply(state, entry.Version, entry.Stamp, entry.Fact, entry.Effects);
            }

            from = new Snapshot<TState>(state, slice.Head);
            if (slice.Entries.Length < PageSize)
            {
                return from;
            }
        }
    }

    /// <param name="busy">Somebody waits, so a snapshot that can wait shall.</param>
    public async Task KeepSnapshotAsync(Snapshot<TState> newest, bool busy)
    {
        if (newest.Head.Version - snapshotAt < (busy ? SnapshotWhenBusy : SnapshotEvery))
        {
            return;
        }

        snapshotAt = newest.Head.Version;
        try
        {
            using var limit = new CancellationTokenSource(StoreCallLimit, time);
            await store.SaveSnapshotAsync(stream, newest, limit.Token);
        }
        catch (Exception problem) when (problem is StoreException or OperationCanceledException)
        {
            // A snapshot only saves reading; the next one comes after as many entries again.
        }
    }
}
