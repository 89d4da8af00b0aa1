namespace ChatOpsIR.Storage.Format;

/// <summary>An entry just as it is stored: every field that is hashed, in the very bytes that were hashed.</summary>
public sealed record RawEntry
{
    public required long Version { get; init; }

    public required string Kind { get; init; }

    public required string OccurredAt { get; init; }

    public required string RecordedAt { get; init; }

    public required string? Actor { get; init; }

    public required string? Source { get; init; }

    public required string? CauseKey { get; init; }

    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Null once redacted, and only then: an entry without content has an empty one.</summary>
    public required ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Null once redacted.</summary>
    public required ReadOnlyMemory<byte>? Salt { get; init; }

    public required ReadOnlyMemory<byte> Commitment { get; init; }

    public required ReadOnlyMemory<byte> PreviousHash { get; init; }

    public required ReadOnlyMemory<byte> Hash { get; init; }
}
