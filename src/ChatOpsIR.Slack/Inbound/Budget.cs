namespace ChatOpsIR.Slack.Inbound;

/// <summary>How long something may take, on the clock that tests own; over as soon as the caller gives up, too.</summary>
internal sealed class Budget : IDisposable
{
    private readonly CancellationTokenSource clock;
    private readonly CancellationTokenSource both;

    public Budget(TimeSpan span, TimeProvider time, CancellationToken caller)
    {
        clock = new CancellationTokenSource(span, time);
        both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, caller);
    }

    public CancellationToken Token => both.Token;

    public void Dispose()
    {
        both.Dispose();
        clock.Dispose();
    }
}
