using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>Something to be decided on a stream's newest state.</summary>
/// <param name="Stamp">Who, when and why; its cause key goes to the first fact.</param>
/// <param name="Code">The verb or kind, for the key row's outcome.</param>
/// <param name="Decide">The rule. It may run several times, each time on a newer state.</param>
public sealed record Order<TState>(Stamp Stamp, string Code, Func<TState, Decision> Decide)
    where TState : class
{
    /// <summary>Further causes that the first fact answers.</summary>
    public ImmutableArray<string> TwinKeys { get; init; } = [];

    /// <summary>It says what was done outside already: the store gets its whole time to take it, whoever stops waiting meanwhile.</summary>
    public bool Background { get; init; }
}

/// <summary>What became of an order.</summary>
/// <param name="State">The newest state, with the order's facts in it.</param>
/// <param name="Entries">What it appended; empty when it was refused, already so, or a repeat.</param>
/// <param name="Refused">Why not; null when it was accepted.</param>
/// <param name="Repeated">The same cause was settled before.</param>
public sealed record Settled<TState>(TState State, ImmutableArray<Entry> Entries, Refusal? Refused, KnownCause? Repeated)
    where TState : class
{
    /// <summary>Causes beside the order's own that somebody else had answered already.</summary>
    public bool TwinTaken { get; init; }
}
