using System.Collections.Concurrent;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// Real time, in which minutes pass on demand: Slack tries an event again after one and after five, and a test that waited for them
/// would measure Slack's patience and not the bot.
/// </summary>
internal sealed class SlackPatience : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<LongWait, bool> waits = new();

    /// <summary>How far the time here is ahead of the real one.</summary>
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = System.CreateTimer(callback, state, dueTime, period);
        return dueTime >= Long ? new LongWait(this, timer) : timer;
    }

    /// <summary>Every wait of minutes that is under way ends now.</summary>
    public void MinutesPass()
    {
        foreach (var wait in waits.Keys)
        {
            wait.End();
        }
    }

    private sealed class LongWait : ITimer
    {
        private readonly SlackPatience owner;
        private readonly ITimer timer;

        public LongWait(SlackPatience owner, ITimer timer)
        {
            (this.owner, this.timer) = (owner, timer);
            owner.waits[this] = true;
        }

        public void End() => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            owner.waits.TryRemove(this, out _);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
