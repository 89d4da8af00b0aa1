using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>A machine whose clock is set, while its counter goes on.</summary>
public sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan off;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public void SetClock(TimeSpan ahead) => off = ahead;
}
