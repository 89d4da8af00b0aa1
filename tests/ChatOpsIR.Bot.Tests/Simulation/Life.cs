namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>What a bot runs on. Its clock may be off, and jumps when somebody sets it.</summary>
internal sealed class Machine(SimulatedTime clock) : TimeProvider
{
    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow() + Ahead;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}

/// <summary>
/// The clock as one run of the bot sees it: its machine's, which may be wrong and may be set. Timers and timestamps run on whatever the
/// clock says, and after its death no timer of it fires.
/// </summary>
internal sealed class MortalTime(SimulatedTime clock, Life life) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => life.Machine.Now;

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
internal sealed class Life(int number, Machine machine)
{
    private DateTimeOffset thawsAt;

    public int Number => number;

    public Machine Machine => machine;

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
