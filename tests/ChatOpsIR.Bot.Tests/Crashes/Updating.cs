using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>/incident update</c> in a war room that stands. Whoever gets no answer asks for the status, which shows the latest update.</summary>
internal sealed class Updating : Order
{
    private const string Room = "inc-1-checkout-returns-500s";

    public override async Task<Template?> PrepareAsync()
    {
        await using var world = await CrashWorld.StartAsync();
        var declaring = new Declaring();
        world.Orders = 1;
        await RunningBot.EventuallyAsync("the incident is declared", () => declaring.AskAsync(world));
        await RunningBot.EventuallyAsync("the incident is declared and all is quiet", async () => (await world.BrokenAsync()).Count == 0);
        return await world.KeepAsync();
    }

    public override int OrdersPerWorld => 64;

    public override async Task<bool> AskAsync(CrashWorld world)
    {
        var news = NewsOf(world.Orders);
        if (await world.TypesAsync("mara", Room, $"/incident update {news}") is not { } answer || answer.StartsWith(NotConfirmed, StringComparison.Ordinal))
        {
            return false;
        }

        Assert.Contains(news, answer, StringComparison.Ordinal);
        world.WasToldDone($"/incident update {news}", new IncidentId(1), byThisCommand: true);
        return true;
    }

    public override async Task<bool> LookAndAskAgainAsync(CrashWorld world)
    {
        if (await world.TypesAsync("mara", Room, "/incident status") is not { } answer || answer.StartsWith(NotConfirmed, StringComparison.Ordinal))
        {
            return false;
        }

        var shown = world.Workspace.Look().Ephemerals[^1].Blocks?.ToJsonString() ?? "";
        return shown.Contains(NewsOf(world.Orders), StringComparison.Ordinal) || await AskAsync(world);
    }

    public override async Task<IEnumerable<string>> BrokenAsync(CrashWorld world)
    {
        var posted = (await world.LookAsync()).Incidents.SelectMany(incident => incident.Entries).Select(entry => entry.Fact).OfType<UpdatePosted>().Select(fact => fact.Text);
        var wanted = Enumerable.Range(1, world.Orders).Select(NewsOf);
        return posted.SequenceEqual(wanted) ? [] : [$"These updates were posted, and {world.Orders} were wanted: {string.Join("; ", posted)}."];
    }

    private static string NewsOf(int nth) => $"Errors are falling, look {nth}.";
}
