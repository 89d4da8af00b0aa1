namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Real time, in which a wait of minutes takes seconds: Slack tries an event again after one minute and after five.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Hurry = 40;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime >= Long ? dueTime / Hurry : dueTime, period);
}
