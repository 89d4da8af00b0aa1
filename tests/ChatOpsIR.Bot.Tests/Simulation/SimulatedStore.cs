using System.Globalization;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>The road from one run of the bot to its store: every call takes its time, and may go wrong.</summary>
internal sealed class StoreRoad(World world, Life life)
{
    public Task<T> AskAsync<T>(string what, Func<Task<T>> perform, Func<T, string> describe, CancellationToken cancellationToken)
    {
        world.OnThread($"store {what}");
        if (life.Over)
        {
            return new TaskCompletionSource<T>().Task;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var crossing = new StoreCrossing<T>(world, life, what, perform, describe, cancellationToken);
        world.Crossings.Add(crossing);
        return crossing.Answer;
    }

    public Task<T> AskAsync<T>(string what, Func<Task<T>> perform, CancellationToken cancellationToken) =>
        AskAsync(what, perform, result => Convert.ToString(result, CultureInfo.InvariantCulture) ?? "nothing", cancellationToken);

    public Task TellAsync(string what, Func<Task> perform, CancellationToken cancellationToken)
    {
        return AskAsync(what, DoAsync, _ => "done", cancellationToken);

        async Task<bool> DoAsync()
        {
            await perform();
            return true;
        }
    }
}

/// <summary>The streams at the end of that road.</summary>
internal sealed class SimulatedStore(IStreamStore inner, StoreRoad road) : IStreamStore
{
    private static readonly CancellationToken None = CancellationToken.None;

    public Task<StreamSlice> ReadAsync(StreamId stream, long after, int most, CancellationToken cancellationToken) => road.AskAsync(
        $"read {stream} after {after}", () => inner.ReadAsync(stream, after, most, None), slice => $"{slice.Entries.Length} entries", cancellationToken);

    public Task<AppendResult> AppendAsync(StreamId stream, Head expected, IReadOnlyList<Draft> drafts, CancellationToken cancellationToken) => road.AskAsync(
        $"append {stream} at {expected.Version} [{string.Join(' ', drafts.Select(Name))}]", () => inner.AppendAsync(stream, expected, drafts, None), Describe, cancellationToken);

    public Task<KnownCause?> FindAsync(StreamId stream, string causeKey, CancellationToken cancellationToken) => road.AskAsync(
        $"find {stream} {causeKey}", () => inner.FindAsync(stream, causeKey, None), cause => cause is null ? "unknown" : $"version {cause.Version}", cancellationToken);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamId stream, CancellationToken cancellationToken)
        where TState : class => road.AskAsync(
        $"read snapshot {stream}", () => inner.ReadSnapshotAsync<TState>(stream, None), kept => kept is null ? "none" : $"version {kept.Head.Version}", cancellationToken);

    public Task SaveSnapshotAsync<TState>(StreamId stream, Snapshot<TState> snapshot, CancellationToken cancellationToken)
        where TState : class => road.TellAsync(
        $"save snapshot {stream} {snapshot.Head.Version}", () => inner.SaveSnapshotAsync(stream, snapshot, None), cancellationToken);

    public Task RedactAsync<TState>(StreamId stream, IReadOnlyCollection<long> versions, Snapshot<TState> without, CancellationToken cancellationToken)
        where TState : class => road.TellAsync(
        $"redact {stream} [{string.Join(' ', versions)}]", () => inner.RedactAsync(stream, versions, without, None), cancellationToken);

    private static string Name(Draft draft) => draft.Fact is ChatRecord chat ? chat.Kind.ToString() : draft.Fact.GetType().Name;

    private static string Describe(AppendResult result) => result switch
    {
        AppendResult.Appended appended => $"version {appended.Head.Version} {Convert.ToHexStringLower([.. appended.Head.Hash])}",
        AppendResult.Repeated repeated => $"repeats {repeated.Known.Count}",
        _ => "moved",
    };
}
