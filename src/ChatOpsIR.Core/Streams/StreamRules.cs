using System.Collections.Immutable;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Streams;

/// <summary>What a stream's writer must know of the state it keeps.</summary>
public abstract class StreamRules<TState>
    where TState : class
{
    public abstract TState Empty(StreamId stream);

    public abstract TState Apply(TState state, long version, Stamp stamp, Fact fact, ImmutableArray<Effect> effects);

    /// <summary>A fact as it may be recorded on a state.</summary>
    public virtual Fact Admit(TState state, Fact fact) => fact;

    /// <summary>What a fact promises.</summary>
    public virtual ImmutableArray<Effect> React(Fact fact, TState before, TState after) => [];

    /// <summary>Directory rows that must stand before the append (design page, section 4).</summary>
    public virtual Task BeforeAppendAsync(TState before, TState after, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The append is durable.</summary>
    public virtual void Appended(TState before, TState after)
    {
    }
}
