using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>
/// The streams: append-only, hash-chained, one total order each (design page, section 4). An implementation may not answer before
/// what it answers is durable.
/// </summary>
public interface IStreamStore
{
    /// <summary>Entries after a version, oldest first, at most <paramref name="most"/>; fewer only at the end of the stream.</summary>
    /// <exception cref="StoreException">The store did not answer.</exception>
    Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken);

    /// <summary>Appends all drafts in one transaction, or nothing.</summary>
    /// <param name="expected">The head that the drafts were decided upon; anything newer gives <see cref="AppendResult.Moved"/>.</param>
    /// <exception cref="StoreException">
    /// The store did not answer. The drafts may have been written: whoever holds a state must read the stream again.
    /// </exception>
    Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken);

    /// <summary>Finds what a cause led to; null when the stream has not seen it.</summary>
    Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken);

    /// <summary>The newest snapshot in the current state format, or null. A snapshot saves reading; it decides nothing.</summary>
    Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class;

    /// <summary>Keeps a snapshot, best effort: a later one may replace it, and losing it loses nothing.</summary>
    Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class;

    /// <summary>
    /// Takes the free text of entries away for good, wherever the store keeps it; every hash stays. The <c>redacted</c> entry that names
    /// them goes first, or the stream no longer verifies. What is gone already stays gone, so that it may be repeated until it is done.
    /// </summary>
    /// <param name="without">A state that has none of the text any more. It replaces every snapshot that may have.</param>
    /// <exception cref="StoreException">
    /// Something is left, and it has to be repeated; or one of the entries is missing, or is the record of a redaction, which stays.
    /// </exception>
    Task RedactAsync<TState>(StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class;
}

/// <summary>A run of entries and the head that follows from the last of them (the given place when there are none).</summary>
public sealed record StreamSlice(ImmutableArray<Entry> Entries, Head Head);

/// <param name="Version">The first entry of the cause.</param>
public sealed record KnownCause(long Version, Outcome Outcome);

/// <summary>A state as of a head.</summary>
public sealed record Snapshot<TState>(TState State, Head Head)
    where TState : class;

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>All drafts are durable; their versions follow the expected head one by one.</summary>
    /// <param name="RecordedAt">The store's clock when it wrote them.</param>
    public sealed record Appended(Head Head, DateTimeOffset RecordedAt) : AppendResult;

    /// <summary>Somebody else appended since; nothing was written.</summary>
    public sealed record Moved : AppendResult;

    /// <summary>Some causes, or twins, are in the stream already; nothing was written.</summary>
    /// <param name="Known">Every cause key of the drafts that the stream knows.</param>
    public sealed record Repeated(ImmutableDictionary<string, KnownCause> Known) : AppendResult;
}

/// <summary>The store did not answer, or not in time.</summary>
public sealed class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
