using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident update</c>. Whoever gets no answer asks for the status, which shows the latest update.</summary>
internal sealed class Updating : InARoom
{
    public override string Name => "update";

    public override Task<bool> AskAsync(CrashWorld world) => IsDoneAsync(world, "mara", $"/incident update {NewsOf(world.Orders)}", NewsOf(world.Orders));

    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world)
    {
        if (!(await world.TypesAsync("mara", Room, "/incident status")).IsSure)
        {
            return false;
        }

        var shown = world.Workspace.Look().Ephemerals[^1].Blocks?.ToJsonString() ?? "";
        return shown.Contains(NewsOf(world.Orders), StringComparison.Ordinal) || await AskAsync(world);
    }

    public override Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record)
    {
        var posted = Facts<UpdatePosted>(record).Select(fact => fact.Text).ToList();
        var wanted = Enumerable.Range(1, world.Orders).Select(NewsOf);
        return Task.FromResult<IEnumerable<string>>(
            posted.SequenceEqual(wanted) ? [] : [$"These updates were posted, and {world.Orders} were wanted: {string.Join("; ", posted)}."]);
    }

    private static string NewsOf(int nth) => $"Errors are falling, look {nth}.";
}
