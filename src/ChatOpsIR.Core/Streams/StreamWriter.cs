using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>
/// The one writer of a stream in this process. It keeps the folded state, takes everything that waits, decides it in order and
/// appends it in one transaction. Other instances may write as well: the version lock settles the race, and the loser reads and
/// decides again.
/// </summary>
public sealed class StreamWriter<TState>(StreamId stream, IStreamStore store, StreamRules<TState> rules, Execution execution, TimeProvider time)
    where TState : class
{
    // Far more than the two seconds of an answer have room for: whoever waits for one is dropped by then, and the rest is done later.
    private const int Tries = 100;

    private readonly StreamReader<TState> reader = new(stream, store, rules, time);
    private readonly Lock gate = new();
    private readonly Queue<Item> waiting = [];
    private bool pumping;
    private Snapshot<TState>? cached;

    // Something may have been written of which nobody has heard yet.
    private bool inDoubt;

    /// <summary>Decides an order and appends what it brings about. An order whose token is cancelled before its turn is dropped.</summary>
    /// <exception cref="StoreException">The store did not answer; whether the order was carried out is unknown.</exception>
    public Task<Settled<TState>> SettleAsync(Order<TState> order, CancellationToken cancellationToken)
    {
        var item = new Item(order, new TaskCompletionSource<Settled<TState>>(execution.Completions), cancellationToken);
        bool start;
        lock (gate)
        {
            waiting.Enqueue(item);
            start = !pumping;
            pumping = true;
        }

        if (start)
        {
            _ = PumpAsync();
        }

        return item.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The newest state there is.</summary>
    public async Task<TState> ReadAsync(CancellationToken cancellationToken)
    {
        var look = new Order<TState>(new Stamp(null, time.GetUtcNow(), Actor.System, Source.Self), "look", _ => Incidents.Decision.Nothing);
        return (await SettleAsync(look, cancellationToken)).State;
    }

    /// <summary>The entries that a cause appended.</summary>
    public async Task<ImmutableArray<Entry>> EntriesOfAsync(KnownCause cause, CancellationToken cancellationToken) =>
        (await store.ReadAsync(stream, cause.Version - 1, Math.Max(1, cause.Outcome.Entries), cancellationToken)).Entries;

    private async Task PumpAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                await SettleAsync(batch);
            }
            catch (Exception problem)
            {
                // Whatever went wrong, the batch may have been written: forget the state and tell everybody who waits.
                (cached, inDoubt) = (null, true);
                foreach (var item in batch)
                {
                    item.Fail(Told(problem));
                }
            }
        }
    }

    private List<Item> TakeBatch()
    {
        var batch = new List<Item>();
        lock (gate)
        {
            while (batch.Count < Plan<TState>.MostOrders && waiting.TryDequeue(out var item))
            {
                if (!item.Cancelled.IsCancellationRequested)
                {
                    batch.Add(item);
                }
            }

            pumping = batch.Count > 0;
        }

        return batch;
    }

    private bool SomebodyWaits()
    {
        lock (gate)
        {
            return waiting.Count > 0;
        }
    }

    private async Task SettleAsync(List<Item> batch)
    {
        var (fresh, most, tries) = (false, batch.Count, 0);
        while (batch.Count > 0)
        {
            var (before, narrowed) = (batch.Count, false);
            try
            {
                fresh = await TrySettleAsync(batch, most, fresh);
            }
            catch (StoreException) when (tries == 0)
            {
                // An unknown outcome: read again. If it was written after all, the cause keys say so.
                (cached, fresh, inDoubt) = (null, false, true);
            }
            catch (Exception problem) when (problem is not (StoreException or OperationCanceledException))
            {
                // Too much for one transaction, or one among them that is at fault: fewer at a time, down to the one that fails alone.
                (cached, fresh, narrowed) = (null, false, batch.Count == before);
                most = narrowed ? Narrow(batch, Math.Min(most, batch.Count), problem) : most;
            }

            var settled = batch.Count < before;
            tries = settled || narrowed ? 0 : tries + 1;
            most = settled ? batch.Count : most;
            if (tries > Tries)
            {
                throw new StoreException($"Stream {stream} moved {tries} times while an order waited.");
            }

            batch.RemoveAll(item => item.Cancelled.IsCancellationRequested);
        }
    }

    // Gives how many to try together next.
    private int Narrow(List<Item> batch, int tried, Exception problem)
    {
        if (tried > 1)
        {
            return tried / 2;
        }

        batch[0].Fail(Told(problem));
        batch.RemoveAt(0);
        return 1;
    }

    // True when the cached state is the newest there is.
    private async Task<bool> TrySettleAsync(List<Item> batch, int most, bool fresh)
    {
        if (cached is null)
        {
            cached = await reader.LoadAsync(PatienceOf(batch));
            await reader.KeepSnapshotAsync(cached, PatienceOf(batch), busy: reader.HasSnapshot);
            fresh = true;
            if (inDoubt)
            {
                inDoubt = false;
                rules.Appended(rules.Empty(stream), cached.State);
            }
        }

        var plan = PlanFor(batch, most, cached);
        if (plan.NeedsNewestState && !fresh)
        {
            cached = await reader.CatchUpAsync(cached, PatienceOf(batch));
            plan = PlanFor(batch, most, cached);
        }

        if (await FindRepeatsAsync(batch, plan) is { Count: > 0 } known)
        {
            DropRepeats(batch, known, cached.State);
            plan = PlanFor(batch, most, cached);
        }

        return await TryAppendAsync(batch, cached, plan);
    }

    private Plan<TState> PlanFor(List<Item> batch, int most, Snapshot<TState> from)
    {
        var plan = new Plan<TState>(rules, from);
        foreach (var item in batch.Take(most))
        {
            if (!plan.TryAdd(item.Order))
            {
                break;
            }
        }

        return plan;
    }

    // Settles what it can and takes it out of the batch. True when the cached state is the newest there is.
    private async Task<bool> TryAppendAsync(List<Item> batch, Snapshot<TState> from, Plan<TState> plan)
    {
        if (plan.Drafts.Count == 0)
        {
            Complete(batch, plan, from, from.State, default);
            return true;
        }

        var patience = PatienceOf(batch.Take(plan.Items.Count));
        using var limit = new CallLimit(patience, time);
        await rules.BeforeAppendAsync(from.State, plan.State, limit.Token);
        switch (await store.AppendAsync(stream, from.Head, plan.Drafts, limit.Token))
        {
            case AppendResult.Appended appended:
                cached = new Snapshot<TState>(plan.State, appended.Head);
                Complete(batch, plan, from, plan.State, appended.RecordedAt);
                rules.Appended(from.State, plan.State);
                await reader.KeepSnapshotAsync(cached, [], busy: batch.Count > 0 || SomebodyWaits());
                return false;
            case AppendResult.Moved:
                cached = await reader.CatchUpAsync(from, patience);
                return true;
            case AppendResult.Repeated repeated:
                // What repeats may have been written by somebody else: the rest is decided on the newest state.
                cached = await reader.CatchUpAsync(from, patience);
                DropRepeats(batch, repeated.Known, cached.State);
                return true;
            default:
                return false;
        }
    }

    private static void Complete(List<Item> batch, Plan<TState> plan, Snapshot<TState> from, TState state, DateTimeOffset recordedAt)
    {
        var results = new List<Settled<TState>>(plan.Items.Count);
        foreach (var planned in plan.Items)
        {
            var entries = plan.Drafts.Skip(planned.Start).Take(planned.Count).Select((draft, i) => new Entry(
                from.Head.Version + planned.Start + i + 1, draft.Stamp, recordedAt, draft.Fact, draft.Effects, Redacted: false));
            results.Add(planned.SameAs is { } first
                ? results[first] with { Repeated = new KnownCause(from.Head.Version + plan.Items[first].Start + 1, new Outcome(batch[first].Order.Code, plan.Items[first].Count)), Entries = [] }
                : new Settled<TState>(state, [.. entries], planned.Refused, Repeated: null) { TwinTaken = batch[results.Count].TwinTaken });
        }

        var settled = batch[..results.Count];
        batch.RemoveRange(0, results.Count);
        foreach (var (item, result) in settled.Zip(results))
        {
            item.Done.TrySetResult(result);
        }
    }

    // Where an order would change nothing, that may be its own doing: it was carried out before, and is answered as it was then.
    private async Task<ImmutableDictionary<string, KnownCause>> FindRepeatsAsync(List<Item> batch, Plan<TState> plan)
    {
        var known = ImmutableDictionary<string, KnownCause>.Empty;
        foreach (var (planned, item) in plan.Items.Zip(batch))
        {
            if (planned is { Count: 0, SameAs: null } && item.Order.Stamp.CauseKey is { } key && !known.ContainsKey(key))
            {
                using var limit = new CallLimit([item.Patience], time);
                known = await store.FindAsync(stream, key, limit.Token) is { } cause ? known.Add(key, cause) : known;
            }
        }

        return known;
    }

    private static void DropRepeats(List<Item> batch, ImmutableDictionary<string, KnownCause> known, TState newest)
    {
        for (var i = batch.Count - 1; i >= 0; i--)
        {
            var item = batch[i];
            if (item.Order.Stamp.CauseKey is { } key && known.TryGetValue(key, out var cause))
            {
                batch.RemoveAt(i);
                item.Done.TrySetResult(new Settled<TState>(newest, [], Refused: null, cause) { TwinTaken = item.Order.TwinKeys.Any(known.ContainsKey) });
            }
            else if (item.Order.TwinKeys.Any(known.ContainsKey))
            {
                batch[i] = item with { Order = item.Order with { TwinKeys = item.Order.TwinKeys.RemoveAll(known.ContainsKey) }, TwinTaken = true };
            }
        }
    }

    private static CancellationToken[] PatienceOf(IEnumerable<Item> items) => [.. items.Select(item => item.Patience)];

    private StoreException Told(Exception problem) => problem as StoreException ?? new StoreException($"Stream {stream} could not be written.", problem);

    private sealed record Item(Order<TState> Order, TaskCompletionSource<Settled<TState>> Done, CancellationToken Cancelled)
    {
        public bool TwinTaken { get; init; }

        /// <summary>Whoever has left already hears that they did, whichever of the two came first.</summary>
        public bool Fail(StoreException problem) => Cancelled.IsCancellationRequested ? Done.TrySetCanceled(Cancelled) : Done.TrySetException(problem);

        public CancellationToken Patience => Order.Background ? CancellationToken.None : Cancelled;
    }
}
