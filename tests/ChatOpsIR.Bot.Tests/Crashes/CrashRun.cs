namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>One order during which the bot died, or was to.</summary>
/// <param name="Point">Counted from 1 in a series.</param>
/// <param name="Killed">Where the bot died; null when it lived.</param>
/// <param name="Finished">From the restart until all was as it should be; null when that took too long.</param>
/// <param name="Slowness">How much slower than on an idle machine the bot started.</param>
internal sealed record CrashRun(
    int Point, string? Killed, TimeSpan? Finished, double Slowness, IReadOnlyList<string> Reached, IReadOnlyList<string> Violations, string Log)
{
    /// <summary>How soon everything has to be as it should be after a restart, on a machine that has nothing else to do.</summary>
    public static readonly TimeSpan FinishedWithin = TimeSpan.FromSeconds(10);

    /// <summary>A machine that is busy with something else makes everything slower, and the limit as much longer.</summary>
    public bool InTime => Killed is null || Finished < FinishedWithin * Slowness;

    public static string KindOf(string point) => point.Split('#')[0];

    public override string ToString() =>
        $"{Point}: {Killed ?? "lived"}, {(Killed is null ? "" : $"finished after {Finished?.TotalSeconds:0.0} s (slowness {Slowness:0.0}), ")}{Violations.Count} violations";
}
