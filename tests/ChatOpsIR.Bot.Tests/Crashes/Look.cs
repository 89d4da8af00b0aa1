using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>How a world stands.</summary>
/// <param name="Broken">What is wrong, or still under way.</param>
/// <param name="Record">Null when it could not be read.</param>
/// <param name="Done">Grows with everything that the bot writes, in the record and in the workspace.</param>
internal sealed record Look(IReadOnlyList<string> Broken, WholeRecord? Record, WorkspaceView Workspace, long Done)
{
    public bool IsQuiet => Broken.Count == 0;
}
