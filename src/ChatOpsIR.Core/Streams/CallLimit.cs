namespace ChatOpsIR.Core.Streams;

/// <summary>
/// How long one call of the store may take: two seconds, and no longer than the last of those who wait for it, so that nothing is
/// written long after it was called not confirmed.
/// </summary>
internal sealed class CallLimit : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource over;
    private readonly CancellationTokenRegistration[] leaving = [];
    private int waiting;

    /// <param name="patience">Of each who waits. One whose patience knows no end keeps the call going to its own limit.</param>
    public CallLimit(IReadOnlyList<CancellationToken> patience, TimeProvider time)
    {
        over = new CancellationTokenSource(Longest, time);
        waiting = patience.Count;
        if (patience.All(one => one.CanBeCanceled))
        {
            leaving = [.. patience.Select(one => one.UnsafeRegister(static limit => ((CallLimit)limit!).OneLeaves(), this))];
        }
    }

    public CancellationToken Token => over.Token;

    public void Dispose()
    {
        foreach (var one in leaving)
        {
            one.Dispose();
        }

        over.Dispose();
    }

    private void OneLeaves()
    {
        if (Interlocked.Decrement(ref waiting) == 0)
        {
            over.Cancel(); // CancelAsync would leave the thread, and a simulation with it
        }
    }
}
