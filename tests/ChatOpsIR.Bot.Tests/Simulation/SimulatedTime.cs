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

/// <summary>The clock as one run of the bot sees it: after its death no timer of it fires.</summary>
internal sealed class MortalTime(SimulatedTime clock, Life life) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer();
        timer.Armed = clock.CreateTimer(given => life.Reach(clock, () => timer.Fire(callback, given)), state, dueTime, period);
        return timer;
    }

    // What came due during a freeze fires after it, unless nobody waits for it any more by then.
    private sealed class Timer : ITimer
    {
        private bool disposed;

        public ITimer? Armed { get; set; }

        public void Fire(TimerCallback callback, object? state)
        {
            if (!disposed)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Armed!.Change(dueTime, period);

        public void Dispose()
        {
            disposed = true;
            Armed?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>One run of the bot, from start to crash. It may freeze for a while, as a process does whose machine is moved or out of breath.</summary>
internal sealed class Life(int number)
{
    private DateTimeOffset thawsAt;

    public int Number => number;

    public bool Over { get; private set; }

    public void End() => Over = true;

    public void FreezeUntil(DateTimeOffset thaw) => thawsAt = thaw;

    public bool IsFrozen(SimulatedTime clock) => thawsAt > clock.GetUtcNow();

    /// <summary>Something from outside reaches it: now, after the thaw, or never.</summary>
    public void Reach(SimulatedTime clock, Action happens)
    {
        if (IsFrozen(clock))
        {
            clock.CreateTimer(_ => Reach(clock, happens), null, thawsAt - clock.GetUtcNow(), Timeout.InfiniteTimeSpan);
        }
        else if (!Over)
        {
            happens();
        }
    }
}
