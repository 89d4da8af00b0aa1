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

    private long snapshotAt;
    private int page = PageSize;
    private Snapshot<TState>? reached;

    /// <summary>Whether there is a snapshot that this release can read.</summary>
    public bool HasSnapshot => snapshotAt > 0;

    /// <summary>Reads the state; where that failed before, from where it had come.</summary>
    /// <param name="patience">Of those who wait for it.</param>
    public async Task<Snapshot<TState>> LoadAsync(IReadOnlyList<CancellationToken> patience)
    {
        using var limit = new CallLimit(patience, time);
        var snapshot = await store.ReadSnapshotAsync<TState>(stream, limit.Token) ?? new Snapshot<TState>(rules.Empty(stream), Head.Empty);
        snapshotAt = snapshot.Head.Version;
        return await CatchUpAsync(reached is { } further && further.Head.Version > snapshotAt ? further : snapshot, patience);
    }

    /// <summary>Folds in whatever was appended since.</summary>
    public async Task<Snapshot<TState>> CatchUpAsync(Snapshot<TState> from, IReadOnlyList<CancellationToken> patience)
    {
        while (true)
        {
            var (slice, asked) = (await ReadPageAsync(from, patience), page);
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
            if (slice.Entries.Length < asked)
            {
                return from;
            }

            page = Math.Min(PageSize, asked * 2);
        }
    }

    // Entries may be so large that a page of them takes too long: then fewer are asked for, and what was read before is kept.
    private async Task<StreamSlice> ReadPageAsync(Snapshot<TState> from, IReadOnlyList<CancellationToken> patience)
    {
        try
        {
            using var limit = new CallLimit(patience, time);
            var slice = await store.ReadAsync(stream, from.Head.Version, page, limit.Token);
            reached = null;
            return slice;
        }
        catch (Exception problem) when (problem is StoreException or OperationCanceledException)
        {
            (page, reached) = (Math.Max(1, page / 2), from);
            throw;
        }
    }

    /// <param name="busy">Somebody waits, so a snapshot that can wait shall. Where reading is slow it cannot.</param>
    public async Task KeepSnapshotAsync(Snapshot<TState> newest, IReadOnlyList<CancellationToken> patience, bool busy)
    {
        if (newest.Head.Version - snapshotAt < (busy && page == PageSize ? SnapshotWhenBusy : SnapshotEvery))
        {
            return;
        }

        snapshotAt = newest.Head.Version;
        try
        {
            using var limit = new CallLimit(patience, time);
            await store.SaveSnapshotAsync(stream, newest, limit.Token);
        }
        catch (Exception problem) when (problem is StoreException or OperationCanceledException)
        {
            // A snapshot only saves reading; the next one comes after as many entries again.
        }
    }
}
