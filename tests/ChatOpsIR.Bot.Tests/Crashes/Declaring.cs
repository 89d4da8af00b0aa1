using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident declare</c>. Whoever gets no answer looks at the list and types the same words again.</summary>
internal sealed class Declaring : Order
{
    private const string Typed = "/incident declare Checkout returns 500s sev:1";

    public override bool SharesItsWorld => false;

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        if (await world.TypesAsync("mara", "incidents", Typed) is not { } answer || answer.StartsWith(NotConfirmed, StringComparison.Ordinal))
        {
            return false;
        }

        Assert.Contains("INC-1 is declared", answer, StringComparison.Ordinal);
        world.WasToldDone(Typed, new IncidentId(1), byThisCommand: answer.Contains("INC-1 is declared as", StringComparison.Ordinal));
        return true;
    }

    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world) =>
        await world.TypesAsync("mara", "incidents", "/incident list") is not null && await AskAsync(world);

    public override async Task<IEnumerable<string>> BrokenAsync(CrashWorld world)
    {
        var declared = (await world.LookAsync()).Incidents.Where(incident => incident.Now.Exists).ToList();
        return declared is [{ Now: { Title: "Checkout returns 500s", Severity: Severity.Sev1 } }] ? [] : [$"{declared.Count} incidents were declared."];
    }
}
