using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Lays what a run left behind before the one checker.</summary>
internal static class Judgement
{
    public static IReadOnlyList<string> Of(World world, IReadOnlyList<Acknowledged> confirmed) => Now(InvariantCheck.BrokenAsync(
        new Evidence(world.Record.Whole, world.Workspace.Look(), DefaultPolicy.Text)
        {
            Now = world.Time.GetUtcNow(),
            Acknowledged = confirmed,
            ClocksOffBy = world.ClocksOffBy,
        },
        CancellationToken.None));

    /// <summary>Promised and not yet done, in words.</summary>
    public static string Unfinished(World world) => string.Join(
        ", ",
        from incident in Now(WholeRecord.ReadAsync(world.Record.Whole, CancellationToken.None)).Incidents
        from pending in incident.Now.Pending
        where !pending.Held
        select $"{pending.Key} {pending.Effect.GetType().Name}");

    // The store works at once on the caller's thread.
    private static T Now<T>(Task<T> done) => done.GetAwaiter().GetResult();
}
