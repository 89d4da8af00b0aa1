using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>Orders decided one after the other on one state: what a single transaction shall append.</summary>
internal sealed class Plan<TState>(StreamRules<TState> rules, Snapshot<TState> from)
    where TState : class
{
    // Azure tables take a hundred rows at a time, and each entry brings its key row.
    public const int MostDrafts = 45;

    private readonly Dictionary<string, int> firstWithKey = new(StringComparer.Ordinal);

    public List<Draft> Drafts { get; } = [];

    public List<PlannedItem> Items { get; } = [];

    public TState State { get; private set; } = from.State;

    /// <summary>Some order appends nothing, so its answer must not be given from an old state.</summary>
    public bool NeedsNewestState => Items.Any(item => item.Count == 0 && item.SameAs is null);

    /// <summary>Decides an order; false when the transaction has no room left for it.</summary>
    public bool TryAdd(Order<TState> order)
    {
        if (order.Stamp.CauseKey is { } key && firstWithKey.TryGetValue(key, out var first))
        {
            Items.Add(new PlannedItem(Items[first].Start, 0, Refused: null, SameAs: first));
            return true;
        }

        var decision = order.Decide(State);
        var facts = decision is Decision.Accepted accepted ? accepted.Facts : [];
        if (Drafts.Count > 0 && Drafts.Count + facts.Length > MostDrafts)
        {
            return false;
        }

        if (facts.Length > 0 && order.Stamp.CauseKey is { } mine)
        {
            firstWithKey[mine] = Items.Count;
        }

        Items.Add(new PlannedItem(Drafts.Count, facts.Length, (decision as Decision.Refused)?.Why, SameAs: null));
        for (var i = 0; i < facts.Length; i++)
        {
            Add(order, facts[i], isFirst: i == 0, facts.Length);
        }

        return true;
    }

    private void Add(Order<TState> order, NewFact news, bool isFirst, int count)
    {
        var stamp = order.Stamp with { CauseKey = news.CauseKey ?? (isFirst ? order.Stamp.CauseKey : null) };
        var version = from.Head.Version + Drafts.Count + 1;
        var effects = rules.React(news.Fact, rules.Apply(State, version, stamp, news.Fact, []));
        State = rules.Apply(State, version, stamp, news.Fact, effects);
        Drafts.Add(new Draft(stamp, news.Fact, effects, isFirst ? order.TwinKeys : [], new Outcome(order.Code, count)));
    }
}

/// <param name="Start">The first of its drafts.</param>
/// <param name="Count">How many drafts it has.</param>
/// <param name="SameAs">The earlier order of the batch with the same cause.</param>
internal sealed record PlannedItem(int Start, int Count, Refusal? Refused, int? SameAs);
