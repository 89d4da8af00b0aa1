using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident declare</c>. Whoever gets no answer looks at the list and types the same words again.</summary>
internal sealed partial class Declaring : Order
{
    public override int OrdersPerWorld => 16;

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        var typed = $"/incident declare {TitleOf(world.Orders)} sev:1";
        if (await world.TypesAsync("mara", "incidents", typed) is not { } answer || answer.StartsWith(NotConfirmed, StringComparison.Ordinal))
        {
            return false;
        }

        var declared = IsDeclared().Match(answer);
        Assert.True(declared.Success, answer);
        var incident = new IncidentId(int.Parse(declared.Groups["number"].Value, CultureInfo.InvariantCulture));
        world.WasToldDone(typed, incident, byThisCommand: declared.Groups["now"].Success);
        return true;
    }

    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world) =>
        await world.TypesAsync("mara", "incidents", "/incident list") is not null && await AskAsync(world);

    public override async Task<IEnumerable<string>> BrokenAsync(CrashWorld world)
    {
        var declared = (await world.LookAsync()).Incidents.Where(incident => incident.Now is { Exists: true, Severity: Severity.Sev1 }).Select(incident => incident.Now.Title);
        var wanted = Enumerable.Range(1, world.Orders).Select(TitleOf);
        return declared.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal))
            ? []
            : [$"These incidents were declared, and {world.Orders} were wanted: {string.Join("; ", declared)}."];
    }

    // The first one's words name the room that other orders begin in.
    private static string TitleOf(int nth) => nth == 1 ? "Checkout returns 500s" : $"Checkout returns 500s, again {nth}";

    [GeneratedRegex("INC-(?<number>[0-9]+) is declared(?<now> as)?")]
    private static partial Regex IsDeclared();
}
