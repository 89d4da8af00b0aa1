using System.Text.Json.Nodes;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Stories;

public class An_incident
{
    internal const string Room = "inc-1-checkout-returns-500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task runs_from_declaration_to_a_record_that_verifies()
    {
        await using var bot = await RunningBot.StartAsync();

        Answers("INC-1 is declared as SEV1", await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1"));
        await bot.RoomOpensAsync("INC-1");

        Answers("asked", await bot.TypesAsync("mara", Room, "/incident role communications @priya"));
        Answers("Communications Officer", await bot.TypesAsync("priya", Room, "/incident accept"));

        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await RunningBot.EventuallyAsync("the room is told that an update is due", async () =>
            (await bot.TimelineAsync("INC-1")).Count(text => text.Contains("The status update was due", StringComparison.Ordinal)) == 2);

        Answers("Status update", await bot.TypesAsync("priya", Room, "/incident update Errors are falling"));
        Answers("still open", await bot.TypesAsync("mara", Room, "/incident close"));
        Answers("resolved", await bot.TypesAsync("mara", Room, "/incident resolve Rolled back release 41"));
        Answers("closed", await bot.TypesAsync("mara", Room, "/incident close"));
        Assert.Equal("closed", (await bot.IncidentAsync("INC-1")).GetProperty("status").GetString());

        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(await bot.ExportAsync("INC-1")), Ct));
    }

    [Fact]
    public async Task can_be_declared_by_form()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.TypesAsync("idris", "incidents", "/incident declare");
        await bot.SubmitsAsync("idris", ("text", "Search is slow"), ("severity", "sev2"));
        await bot.RoomOpensAsync("INC-1");

        var incident = await bot.IncidentAsync("INC-1");
        Assert.Equal("Search is slow", incident.GetProperty("title").GetString());
        Assert.Equal("sev2", incident.GetProperty("severity").GetString());
        Assert.Equal("inc-1-search-is-slow", Assert.Single(incident.GetProperty("rooms").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task records_what_was_said_in_its_war_room_with_edits_deletions_threads_and_reactions()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");

        var kept = await bot.SaysAsync("mara", Room, "Rolling bakc now");
        var taken = await bot.SaysAsync("mara", Room, "It was Tom");
        var reply = await bot.SaysAsync("mara", Room, "Frankfurt first", thread: kept);
        await bot.ActAsync("mara", "edit", new JsonObject { ["channel"] = Room, ["ts"] = kept, ["text"] = "Rolling back now" });
        await bot.ActAsync("mara", "delete", new JsonObject { ["channel"] = Room, ["ts"] = taken });
        await bot.ActAsync("mara", "react", new JsonObject { ["channel"] = Room, ["ts"] = reply, ["name"] = "eyes" });
        await RunningBot.EventuallyAsync("the reaction is recorded", async () => (await ExportOfAsync(bot)).Kinds.Contains("reaction-added"));

        var export = await ExportOfAsync(bot);
        Assert.Equal(kept, export.The("message", "Rolling bakc now").Message);
        Assert.Equal(kept, export.The("message", "Frankfurt first").Thread);
        Assert.Equal(("Rolling back now", "Rolling bakc now"), TextsOf(export.The("message-edited", "Rolling back now")));
        Assert.Equal("It was Tom", export.The("message", "It was Tom").Text);
        Assert.Equal("It was Tom", export.The("message-deleted", "It was Tom").PreviousText);
        Assert.Equal((reply, "eyes"), ReactionOf(export.The("reaction-added", "eyes")));
    }

    [Fact]
    public async Task is_declared_once_when_the_same_words_come_twice_within_a_minute()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.TypesAsync("mara", "incidents", "/incident declare Search is slow");
        Answers("INC-1 is declared already", await bot.TypesAsync("mara", "incidents", "/incident declare Search is slow"));
    }

    [Fact]
    public async Task that_is_private_does_not_exist_for_others()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked private sev:1");
        Answers("no such incident", await bot.TypesAsync("priya", "incidents", "/incident status INC-1"));
        Assert.DoesNotContain("Payroll", await bot.TypesAsync("priya", "incidents", "/incident list"), StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", await bot.Http.GetStringAsync(new Uri("/api/v1/incidents?status=all", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_refused_to_guests()
    {
        await using var bot = await RunningBot.StartAsync();

        Answers("Guests", await bot.TypesAsync("sam", "incidents", "/incident declare Guest found a fault"));
    }

    private static void Answers(string words, string answer) => Assert.Contains(words, answer, StringComparison.Ordinal);

    private static async Task<ExportedRecord> ExportOfAsync(RunningBot bot) => new(await bot.ExportAsync("INC-1"));

    private static (string?, string?) TextsOf(ExportedEntry entry) => (entry.Text, entry.PreviousText);

    private static (string?, string?) ReactionOf(ExportedEntry entry) => (entry.Message, entry.Data.GetProperty("reaction").GetString());
}
