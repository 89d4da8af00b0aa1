namespace ChatOpsIR.Playground;

/// <summary>System time plus an offset that only grows. Timers made by it are brought forward with it, so a wait of ten minutes ends when
/// somebody presses "+10 min" instead of ten real minutes later.</summary>
public sealed class AdjustableTimeProvider : TimeProvider, IAdvanceable
{
    private readonly Lock gate = new();
    private readonly HashSet<AdjustableTimer> live = [];
    private readonly TimeProvider source;
    private TimeSpan offset;

    public AdjustableTimeProvider(TimeProvider? source = null) => this.source = source ?? System;

    public override TimeZoneInfo LocalTimeZone => source.LocalTimeZone;

    public override long TimestampFrequency => source.TimestampFrequency;

    /// <summary>How far this clock is ahead of its source.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (gate)
            {
                return offset;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => source.GetUtcNow() + Offset;

    public override long GetTimestamp() => source.GetTimestamp() + (long)(Offset.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new AdjustableTimer(this, callback, state, period);
        lock (gate)
        {
            live.Add(timer);
        }

        timer.Start(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdjustableTimer[] timers;
        lock (gate)
        {
            offset += by;
            timers = [.. live];
        }

        foreach (var timer in timers)
        {
            timer.BringForward();
        }
    }

    private sealed class AdjustableTimer(AdjustableTimeProvider owner, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        private readonly Lock timerGate = new();
        private ITimer? inner;
        private DateTimeOffset? dueAt;
        private TimeSpan every = period;

        public void Start(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (timerGate)
            {
                every = newPeriod;
                dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : owner.GetUtcNow() + dueTime;
                inner = owner.source.CreateTimer(_ => Fire(), null, dueTime, newPeriod);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (timerGate)
            {
                every = newPeriod;
                dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : owner.GetUtcNow() + dueTime;
                return inner is { } timer && timer.Change(dueTime, newPeriod);
            }
        }

        public void BringForward()
        {
            lock (timerGate)
            {
                if (inner is not { } timer || dueAt is not { } due)
                {
                    return;
                }

                var left = due - owner.GetUtcNow();
                timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, every);
            }
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.live.Remove(this);
            }

            lock (timerGate)
            {
                inner?.Dispose();
                inner = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            lock (timerGate)
            {
                if (inner is null)
                {
                    return;
                }

                var repeats = every > TimeSpan.Zero && every != Timeout.InfiniteTimeSpan;
                dueAt = repeats ? owner.GetUtcNow() + every : null;
            }

            callback(state);
        }
    }
}
