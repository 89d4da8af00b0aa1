using System.Reflection;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Costs;

/// <summary>What was asked of the storage.</summary>
internal sealed class Meter
{
    public int Requests { get; set; }

    public int EntriesRead { get; set; }

    /// <summary>The stored bytes of all entries and snapshots that went to or fro.</summary>
    public long Bytes { get; set; }

    public override string ToString() => $"{Requests} requests, {EntriesRead} entries read, {Bytes} bytes";
}

/// <summary>A store whose requests and bytes are counted.</summary>
internal sealed class MeteredStore(IStreamStore inner, IRawEntries raw, Meter meter) : IStreamStore
{
    public async Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken)
    {
        meter.Requests++;
        var slice = await inner.ReadAsync(stream, after, most, cancellationToken);
        meter.EntriesRead += slice.Entries.Length;
        await WeighAsync(stream, after, slice.Entries.Length, cancellationToken);
        return slice;
    }

    public async Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken)
    {
        meter.Requests++;
        var result = await inner.AppendAsync(stream, expected, drafts, cancellationToken);
        await WeighAsync(stream, expected.Version, drafts.Count, cancellationToken);
        return result;
    }

    public Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken)
    {
        meter.Requests++;
        return inner.FindAsync(stream, causeKey, cancellationToken);
    }

    public async Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class
    {
        meter.Requests++;
        var snapshot = await inner.ReadSnapshotAsync<TState>(stream, cancellationToken);
        meter.Bytes += snapshot is null ? 0 : SnapshotCodec.Write(snapshot.State).Length;
        return snapshot;
    }

    public Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class
    {
        meter.Requests++;
        meter.Bytes += SnapshotCodec.Write(snapshot.State).Length;
        return inner.SaveSnapshotAsync(stream, snapshot, cancellationToken);
    }

    public Task RedactAsync<TState>(StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class
    {
        meter.Requests++;
        return inner.RedactAsync(stream, versions, without, cancellationToken);
    }

    private async Task WeighAsync(StreamId stream, long after, int count, CancellationToken cancellationToken)
    {
        var rows = count == 0 ? [] : await raw.ReadRawAsync(stream, after, count, cancellationToken);
        meter.Bytes += rows.Sum(row => row.Data.Length + (row.Content?.Length ?? 0) + (row.CauseKey?.Length ?? 0) + FixedFields);
    }

    // Salt, commitment and the two hashes; kind, actor, source and the two times.
    private const int FixedFields = (4 * 32) + 120;
}

/// <summary>The directory, each call of it counted.</summary>
internal class MeteredDirectory : DispatchProxy
{
    private IDirectory inner = null!;
    private Meter meter = null!;

    public static IDirectory Over(IDirectory inner, Meter meter)
    {
        var proxy = Create<IDirectory, MeteredDirectory>();
        ((MeteredDirectory)(object)proxy).inner = inner;
        ((MeteredDirectory)(object)proxy).meter = meter;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        meter.Requests++;
        return targetMethod!.Invoke(inner, args);
    }
}
