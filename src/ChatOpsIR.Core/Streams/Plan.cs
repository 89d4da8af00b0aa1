using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>Orders decided one after the other on one state: what a single transaction shall append.</summary>
internal sealed class Plan<TState>(StreamRules<TState> rules, Snapshot<TState> from)
    where TState : class
{
    /// <summary>Orders looked at together: each that appends brings an entry and its key row at least.</summary>
    public const int MostOrders = 45;

    // Azure tables take a hundred rows at a time; a few are left for what stands beside the entries.
    private const int MostRows = 90;

    private readonly Dictionary<string, int> firstWithKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private int rows;

    public List<Draft> Drafts { get; } = [];

    public List<PlannedItem> Items { get; } = [];

    public TState State { get; private set; } = from.State;

    /// <summary>Some order appends nothing, so its answer must not be given from an old state.</summary>
    public bool NeedsNewestState => Items.Any(item => item.Count == 0 && item.SameAs is null);

    /// <summary>Decides an order; false when it must go into a transaction of its own: there is no room left, or one of its causes is in this one.</summary>
    public bool TryAdd(Order<TState> order)
    {
        if (order.Stamp.CauseKey is { } key && firstWithKey.TryGetValue(key, out var first))
        {
            Items.Add(new PlannedItem(Items[first].Start, 0, Refused: null, SameAs: first));
            return true;
        }

        var decision = order.Decide(State);
        var facts = decision is Decision.Accepted accepted ? accepted.Facts : [];
        var itsKeys = facts.SelectMany((news, i) => KeysOf(order, news, isFirst: i == 0)).ToList();
        if (Drafts.Count > 0 && facts.Length > 0 && (rows + facts.Length + itsKeys.Count > MostRows || itsKeys.Exists(keys.Contains)))
        {
            return false;
        }

        keys.UnionWith(itsKeys);
        rows += facts.Length + itsKeys.Count;

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
        var stamp = order.Stamp with { CauseKey = CauseOf(order, news, isFirst) };
        var version = from.Head.Version + Drafts.Count + 1;
        var fact = rules.Admit(State, news.Fact);
        var after = rules.Apply(State, version, stamp, fact, []);
        var effects = rules.React(fact, State, after);
        State = effects.IsEmpty ? after : rules.Apply(State, version, stamp, fact, effects);
        Drafts.Add(new Draft(stamp, fact, effects, isFirst ? order.TwinKeys : [], new Outcome(order.Code, count)));
    }

    private static string? CauseOf(Order<TState> order, NewFact news, bool isFirst) => news.CauseKey ?? (isFirst ? order.Stamp.CauseKey : null);

    private static IEnumerable<string> KeysOf(Order<TState> order, NewFact news, bool isFirst) =>
        (CauseOf(order, news, isFirst) is { } cause ? [cause] : Array.Empty<string>()).Concat(isFirst ? order.TwinKeys : []);
}

/// <param name="Start">The first of its drafts.</param>
/// <param name="Count">How many drafts it has.</param>
/// <param name="SameAs">The earlier order of the batch with the same cause.</param>
internal sealed record PlannedItem(int Start, int Count, Refusal? Refused, int? SameAs);
