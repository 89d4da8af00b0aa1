namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>The one clock. It stands still until the simulation moves it, and fires what becomes due on the way, in order.</summary>
internal sealed class SimulatedTime(DateTimeOffset start, Action<string> onThread) : TimeProvider
{
    private readonly List<Timer> armed = [];
    private DateTimeOffset now = start;
    private long sequence;

    public DateTimeOffset Start { get; } = start;

    /// <summary>When the next timer fires; null when none is armed.</summary>
    public DateTimeOffset? NextDue => armed.Count == 0 ? null : armed.Min(timer => timer.Due);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        onThread("a timer is made");
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void AdvanceTo(DateTimeOffset until)
    {
        while (armed.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order)) is { } next)
        {
            now = next.Due > now ? next.Due : now;
            armed.Remove(next);
            next.Fire();
        }

        now = until > now ? until : now;
    }

    private sealed class Timer(SimulatedTime clock, Action fire) : ITimer
    {
        private TimeSpan every = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.armed.Remove(this);
            every = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = clock.now + dueTime;
                Order = clock.sequence++;
                clock.armed.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            if (every > TimeSpan.Zero)
            {
                Change(every, every);
            }

            fire();
        }

        public void Dispose() => clock.armed.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
