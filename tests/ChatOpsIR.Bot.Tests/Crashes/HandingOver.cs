using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident handover</c>, then <c>/incident accept</c> by the other. Until then the old manager is the manager.</summary>
internal sealed class HandingOver : InARoom
{
    public override string Name => "handover";

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        var (from, to) = Names(world);
        return await IsDoneAsync(world, from, $"/incident handover @{to}", "to take over", "is asked already") && await AcceptsAsync(world, to);
    }

    // Whoever handed it over has nothing left to hand over.
    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world)
    {
        var to = Names(world).To;
        var look = await world.LookAsync();
        var holders = look.Record?.Incidents.First(incident => incident.Id == Incident).Now.HoldersOf(RoleId.Manager) ?? [];
        return holders.Any(holder => holder.User == look.Workspace.Person(to)!.Id) ? await AcceptsAsync(world, to) : await AskAsync(world);
    }

    public override async Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record)
    {
        var silent =
            from step in record.Incidents.First(incident => incident.Id == Incident).Steps
            where step.Before.Exists && step.Entry.Fact is not RoleAccepted && !step.Before.HoldersOf(RoleId.Manager).SequenceEqual(step.After.HoldersOf(RoleId.Manager))
            select $"The manager changed by version {step.Entry.Version}, which nobody accepted.";
        return
        [
            .. silent,
            .. await OnceEachAsync(world, "offers", Facts<HandoverOffered>(record).Count()),
            .. await OnceEachAsync(world, "acceptances", Facts<RoleAccepted>(record).Count(fact => fact.Role == RoleId.Manager)),
        ];
    }

    private static Task<bool> AcceptsAsync(CrashWorld world, string to) => IsDoneAsync(world, to, "/incident accept", "is now", "already");

    // There and back again.
    private static (string From, string To) Names(CrashWorld world) => world.Orders % 2 == 1 ? ("mara", "priya") : ("priya", "mara");
}
