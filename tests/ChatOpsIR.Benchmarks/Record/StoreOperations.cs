using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatOpsIR.Benchmarks.Record;

/// <summary>Counts the operations of the stores in this process; each is an activity of the bot's own.</summary>
internal sealed class StoreOperations : IDisposable
{
    private const string Source = "ChatOpsIR.Store";

    private readonly ActivityListener listener;
    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);
    private long started;
    private long stopped;

    public StoreOperations()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = activity =>
            {
                Interlocked.Increment(ref started);
                counts.AddOrUpdate(activity.OperationName["store ".Length..], 1, (_, count) => count + 1);
            },
            ActivityStopped = _ => Interlocked.Increment(ref stopped),
        };
        ActivitySource.AddActivityListener(listener);
    }

    public long Count => Interlocked.Read(ref started);

    public bool IsBusy => Interlocked.Read(ref started) != Interlocked.Read(ref stopped);

    /// <summary>How many of each there were.</summary>
    public Dictionary<string, long> ByName => counts.ToDictionary();

    public void Dispose() => listener.Dispose();
}
