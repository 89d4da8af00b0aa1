using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident declare</c>. Whoever gets no answer looks at the list, and types the same words again when it is not there.</summary>
internal sealed partial class Declaring : Order
{
    public override string Name => "declare";

    public override int OrdersPerWorld => 16;

    public override Task<bool> AskAsync(CrashWorld world) => DeclaredAsync(world, world.Orders);

    // Whoever finds it in the list does not type it again: after a minute the same words are another incident.
    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world)
    {
        if (!(await world.TypesAsync("mara", "incidents", "/incident list")).IsSure)
        {
            return false;
        }

        var listed = (await world.LookAsync()).Record?.Incidents.Any(incident => incident.Now.Exists && incident.Now.Title == TitleOf(world.Orders));
        return listed is true || await AskAsync(world);
    }

    public override Task<IEnumerable<string>> BrokenAsync(CrashWorld world, WholeRecord record)
    {
        var declared = record.Incidents.Where(incident => incident.Now is { Exists: true, Severity: Severity.Sev1 }).Select(incident => incident.Now.Title);
        var wanted = Enumerable.Range(1, world.Orders).Select(TitleOf);
        return Task.FromResult<IEnumerable<string>>(declared.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal))
            ? []
            : [$"These incidents were declared, and {world.Orders} were wanted: {string.Join("; ", declared)}."]);
    }

    /// <summary>Declares the nth incident of a world; true when it was answered as done.</summary>
    public static async Task<bool> DeclaredAsync(CrashWorld world, int nth)
    {
        var answer = await world.TypesAsync("mara", "incidents", $"/incident declare {TitleOf(nth)} sev:1");
        if (!answer.IsSure)
        {
            return false;
        }

        var declared = IsDeclared().Match(answer.Text!);
        Assert.True(declared.Success, answer.Text);
        var incident = new IncidentId(int.Parse(declared.Groups["number"].Value, CultureInfo.InvariantCulture));
        world.WasToldDone(answer, incident, byThisCommand: declared.Groups["now"].Success);
        return true;
    }

    // The first one's words name the room that other orders begin in.
    private static string TitleOf(int nth) => nth == 1 ? "Checkout returns 500s" : $"Checkout returns 500s, again {nth}";

    [GeneratedRegex("INC-(?<number>[0-9]+) is declared(?<now> as)?")]
    private static partial Regex IsDeclared();
}
