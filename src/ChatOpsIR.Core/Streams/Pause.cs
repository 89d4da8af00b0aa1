namespace ChatOpsIR.Core.Streams;

/// <summary>
/// Waits on a given clock. Unlike the framework's own delay, one that is called off resumes at once on the thread that called it off:
/// the framework would send it to the pool, and a seeded simulation could not be replayed.
/// </summary>
public static class Pause
{
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static async Task ForAsync(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        await using var timer = time.CreateTimer(static wait => ((TaskCompletionSource)wait!).TrySetResult(), over, span, Timeout.InfiniteTimeSpan);
        await over.Task.WaitAsync(cancellationToken);
    }
}
