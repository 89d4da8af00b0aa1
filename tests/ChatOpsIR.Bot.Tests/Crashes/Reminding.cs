using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Time passes until a status update is due, or late. Nobody asks; the room and those responsible are told once.</summary>
internal sealed class Reminding : InARoom
{
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    public override string Name => "reminder";

    public override bool PushesTime => true;

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        var look = await world.LookAsync();
        var incident = look.Record!.Incidents.First(incident => incident.Id == Incident).Now;
        world.LetPass(Due.Next(incident, DefaultPolicy.Text)!.Value + Overdue - look.Workspace.At);
        return true;
    }

    public override Task<bool> LookAndAskAgainAsync(CrashWorld world) => Task.FromResult(true);

    public override Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record) =>
        OnceEachAsync(world, "reminders", Facts<ReminderFired>(record).Count(fired => fired.Kind is ReminderKind.Update or ReminderKind.Escalation));
}
