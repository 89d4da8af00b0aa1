namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Ends when nothing moved for a while. On a busy machine much takes long, and as long as it moves it is not stuck.</summary>
internal sealed class Patience(TimeSpan still)
{
    private readonly long began = TimeProvider.System.GetTimestamp();
    private long movedAt = TimeProvider.System.GetTimestamp();
    private long last = -1;

    public static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2);

    /// <param name="done">Any count that grows with the work.</param>
    public bool IsOver(long done)
    {
        if (done != last)
        {
            (last, movedAt) = (done, TimeProvider.System.GetTimestamp());
        }

        return TimeProvider.System.GetElapsedTime(movedAt) > still || TimeProvider.System.GetElapsedTime(began) > AtMost;
    }
}
