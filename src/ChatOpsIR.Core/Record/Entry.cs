using System.Collections.Immutable;
using ChatOpsIR.Core.Reactions;

namespace ChatOpsIR.Core.Record;

/// <summary>The news that one entry of a stream carries. Who, when and why live in its <see cref="Stamp"/>.</summary>
public abstract record Fact
{
    private protected Fact()
    {
    }
}

/// <summary>How an entry came to us.</summary>
public enum Source
{
    /// <summary>Sent by the platform as it happened.</summary>
    Live,

    /// <summary>Read from the room's history afterwards.</summary>
    Backfill,

    /// <summary>Copied from a mirrored room.</summary>
    Mirror,

    /// <summary>Brought in from another record.</summary>
    Import,

    /// <summary>Our own doing.</summary>
    Self,
}

/// <summary>Who, when and why.</summary>
/// <param name="CauseKey">Makes a repeat of the same cause harmless; null only for entries that nothing can repeat.</param>
/// <param name="OccurredAt">When it happened, by the clock of whoever told us.</param>
/// <param name="Actor">Null when the platform does not say who (a deletion).</param>
/// <param name="Source">How it came to us.</param>
public sealed record Stamp(string? CauseKey, DateTimeOffset OccurredAt, Actor? Actor, Source Source);

/// <summary>An entry that waits to be appended.</summary>
/// <param name="Stamp">Who, when and why.</param>
/// <param name="Fact">The news.</param>
/// <param name="Effects">What is promised with it; stored in the entry's data, so that a later release cannot re-imagine it.</param>
/// <param name="TwinKeys">Further cause keys that this entry answers (an effect's <c>done</c> beside the message it posted).</param>
/// <param name="Outcome">What the key row of its cause says.</param>
public sealed record Draft(
    Stamp Stamp,
    Fact Fact,
    ImmutableArray<Effect> Effects,
    ImmutableArray<string> TwinKeys,
    Outcome Outcome);

/// <summary>What a cause led to. The answer to a repeat is rendered again from the entries.</summary>
/// <param name="Code">The verb or kind of happening.</param>
/// <param name="Entries">How many entries the cause appended, from the key row's version on.</param>
public sealed record Outcome(string Code, int Entries);

/// <summary>An entry as it was read from a stream.</summary>
/// <param name="Fact">Free text in it is <c>null</c> or empty once it was redacted.</param>
public sealed record Entry(
    long Version,
    Stamp Stamp,
    DateTimeOffset RecordedAt,
    Fact Fact,
    ImmutableArray<Effect> Effects,
    bool Redacted)
{
    /// <summary>What its free text is committed to, as far as it was read from a store: whoever takes the text away names it by this.</summary>
    public ReadOnlyMemory<byte> Commitment { get; init; }

    /// <summary>Whether a store has free text of it, be it a part that no field shows.</summary>
    public bool HasText { get; init; }
}

/// <summary>The newest entry of a stream; version 0 and 32 zero bytes for an empty one.</summary>
public sealed record Head(long Version, ImmutableArray<byte> Hash)
{
    public static readonly Head Empty = new(0, [.. new byte[32]]);
}
