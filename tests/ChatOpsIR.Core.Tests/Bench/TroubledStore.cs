using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>The SQLite store, counted, and held up or interrupted on demand.</summary>
internal sealed class TroubledStore(IStreamStore inner) : IStreamStore
{
    private Func<Task>? beforeAppend;
    private bool loseAnswer;
    private bool keepAnswer;

    public int Reads { get; private set; }

    public int SnapshotReads { get; private set; }

    /// <summary>A stream that cannot be read.</summary>
    public StreamId? Sick { get; set; }

    /// <summary>More entries than this take too long to read.</summary>
    public int MostInTime { get; set; } = int.MaxValue;

    /// <summary>How many drafts each append carried that reached the store.</summary>
    public List<int> Appends { get; } = [];

    public List<long> Snapshots { get; } = [];

    /// <summary>How long the latest append may take: over when it is called off.</summary>
    public CancellationToken AppendLimit { get; private set; }

    /// <summary>The next append waits until the source is completed.</summary>
    public TaskCompletionSource HoldAppend()
    {
        var hold = new TaskCompletionSource();
        beforeAppend = () => hold.Task;
        return hold;
    }

    /// <summary>Something happens just before the next append reaches the store.</summary>
    public void BeforeAppend(Func<Task> happens) => beforeAppend = happens;

    /// <summary>The next append does not reach the store.</summary>
    public void FailAppend() => beforeAppend = () => Task.FromException(new StoreException("The store did not answer."));

    /// <summary>The next append is written and its answer lost.</summary>
    public void LoseAnswer() => loseAnswer = true;

    /// <summary>The next append is written, and nothing is heard of it before it is called off.</summary>
    public void KeepAnswer() => keepAnswer = true;

    public async Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        Reads++;
        if (stream == Sick)
        {
            throw new FormatException($"{stream} makes no sense.");
        }

        var slice = await inner.ReadAsync(stream, after, most, cancellationToken);
        return slice.Entries.Length > MostInTime ? throw new StoreException("The store did not answer in time.") : slice;
    }

    public async Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        AppendLimit = cancellationToken;
        if (Interlocked.Exchange(ref beforeAppend, null) is { } happens)
        {
            await happens();
        }

        Appends.Add(drafts.Count);
        var result = await inner.AppendAsync(stream, expected, drafts, cancellationToken);
        if (keepAnswer)
        {
            keepAnswer = false;
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        if (loseAnswer)
        {
            loseAnswer = false;
            throw new StoreException("The answer was lost.");
        }

        return result;
    }

    public Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken) =>
        inner.FindAsync(stream, causeKey, cancellationToken);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class
    {
        SnapshotReads++;
        return inner.ReadSnapshotAsync<TState>(stream, cancellationToken);
    }

    public Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class
    {
        Snapshots.Add(snapshot.Head.Version);
        return inner.SaveSnapshotAsync(stream, snapshot, cancellationToken);
    }

    public List<long> Redacted { get; } = [];

    /// <summary>The next redaction does not reach the store.</summary>
    public bool FailsRedaction { get; set; }

    public Task RedactAsync<TState>(StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        if (FailsRedaction)
        {
            FailsRedaction = false;
            return Task.FromException(new StoreException("The store did not answer."));
        }

        Redacted.AddRange(versions);
        return inner.RedactAsync(stream, versions, without, cancellationToken);
    }
}
