namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Whether every open incident was gone through since the start: what is owed is under way, and their snapshots are in this release's
/// format, so that nobody waits for a long stream to be read.
/// </summary>
internal sealed class FirstRound
{
    private volatile bool isDone;

    public bool IsDone => isDone;

    public void Done() => isDone = true;
}
