using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>An order in a war room that stands, of an incident that Mara declared.</summary>
internal abstract class InARoom : Order
{
    protected const string Room = "inc-1-checkout-returns-500s";
    protected static readonly IncidentId Incident = new(1);

    public override int OrdersPerWorld => 40;

    public override async Task PrepareAsync(CrashWorld world)
    {
        await RunningBot.EventuallyAsync("the incident is declared", () => Declaring.DeclaredAsync(world, 1));
        await world.QuietAsync();
    }

    /// <summary>Types a command; true when it was answered with these words, which say that it is done, or that it was done already.</summary>
    protected static async Task<bool> IsDoneAsync(CrashWorld world, string who, string text, string words, string? already = null)
    {
        var answer = await world.TypesAsync(who, Room, text);
        if (!answer.IsSure)
        {
            return false;
        }

        var byThis = answer.Text!.Contains(words, StringComparison.Ordinal);
        Assert.True(byThis || (already is not null && answer.Text.Contains(already, StringComparison.Ordinal)), $"“{text}” was answered: {answer.Text}");
        world.WasToldDone(answer, Incident, byThis);
        return true;
    }

    /// <summary>The facts of a kind that the incident has.</summary>
    protected static IEnumerable<TFact> Facts<TFact>(WholeRecord record)
        where TFact : Fact => record.Incidents.Where(incident => incident.Id == Incident).SelectMany(incident => incident.Entries).Select(entry => entry.Fact).OfType<TFact>();

    /// <summary>A sentence when there are more of something than orders, or fewer.</summary>
    protected static Task<IEnumerable<string>> OnceEachAsync(CrashWorld world, string what, int found) =>
        Task.FromResult<IEnumerable<string>>(found == world.Orders ? [] : [$"There are {found} {what}, and {world.Orders} were wanted."]);
}
