namespace ChatOpsIR.Bot.Tests.Stories;

public class The_daily_words
{
    private const string Room = An_incident.Room;

    [Fact]
    public async Task decide_state_the_impact_invite_and_hand_over_by_line()
    {
        await using var bot = await StartedAsync();
        var mara = await HolderAsync(bot, "manager");

        Answers("Decision by", await bot.TypesAsync("mara", Room, "/incident decide We roll back release 41"));
        Answers("wrote down: We tell customers at noon", await bot.TypesAsync("mara", Room, "/incident decide by @priya We tell customers at noon"));
        Answers("Cards are declined", await bot.TypesAsync("mara", Room, "/incident impact Cards are declined affects: one in five shops"));
        Answers("into the war room", await bot.TypesAsync("mara", Room, "/incident invite @idris"));
        Answers("is a guest here", await bot.TypesAsync("mara", Room, "/incident invite @sam"));
        Answers("to take over as Incident Manager", await bot.TypesAsync("mara", Room, "/incident handover @priya"));
        Answers("Did you mean /incident update Errors are falling?", await bot.TypesAsync("mara", Room, "/incident udpate Errors are falling"));

        await bot.IsToldAsync("INC-1", "to take over as Incident Manager");
        Assert.Equal(mara, await HolderAsync(bot, "manager"));
        Answers("Incident Manager", await bot.TypesAsync("priya", Room, "/incident accept"));
        Assert.NotEqual(mara, await HolderAsync(bot, "manager"));
        Answers("is closed already", await ClosedTwiceAsync(bot));
    }

    [Fact]
    public async Task do_the_same_by_form()
    {
        await using var bot = await StartedAsync();
        await bot.TypesAsync("priya", Room, "/incident role scribe me");
        var priya = (await HolderAsync(bot, "scribe")).Split(':')[^1];

        await FillsAsync(bot, "decide", ("text", "We roll back release 41"), ("people", priya));
        await FillsAsync(bot, "impact", ("text", "Cards are declined"), ("affected", "one in five shops"));
        await FillsAsync(bot, "invite", ("people", priya));
        await FillsAsync(bot, "snooze waiting for the vendor");
        await FillsAsync(bot, "severity only one region", ("severity", "sev2"));
        await FillsAsync(bot, "role", ("role", "communications"), ("people", priya));
        await FillsAsync(bot, "note", ("text", "The vendor confirms"));
        await FillsAsync(bot, "update", ("text", "Errors are falling"));
        await FillsAsync(bot, "handover", ("role", "manager"), ("people", priya));
        await bot.TypesAsync("priya", Room, "/incident accept …");
        await bot.SubmitsAsync("priya", ("role", "manager"));
        Assert.EndsWith(priya, await HolderAsync(bot, "manager"), StringComparison.Ordinal);

        await FillsAsync(bot, "resolve", "priya", ("text", "Rolled back"));
        await FillsAsync(bot, "close …", "priya", ("text", "See the review"));
        await FillsAsync(bot, "reopen", "priya", ("text", "It is back"));
        Assert.Equal("open", (await bot.IncidentAsync("INC-1")).GetProperty("status").GetString());

        var told = await bot.TimelineAsync("INC-1");
        foreach (var words in new[] { "We roll back release 41", "Affected: one in five shops", "waiting for the vendor", "only one region", "See the review", "It is back" })
        {
            Assert.Contains(told, text => text.Contains(words, StringComparison.Ordinal));
        }
    }

    private static async Task<RunningBot> StartedAsync()
    {
        var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        return bot;
    }

    private static Task FillsAsync(RunningBot bot, string line, params (string Field, string Value)[] filled) => FillsAsync(bot, line, "mara", filled);

    private static async Task FillsAsync(RunningBot bot, string line, string who, params (string Field, string Value)[] filled)
    {
        await bot.TypesAsync(who, Room, $"/incident {line}");
        await bot.SubmitsAsync(who, filled);
    }

    private static async Task<string> HolderAsync(RunningBot bot, string role) =>
        (await bot.IncidentAsync("INC-1")).GetProperty("roles").GetProperty(role)[0].GetString()!;

    private static async Task<string> ClosedTwiceAsync(RunningBot bot)
    {
        await bot.TypesAsync("priya", Room, "/incident resolve Rolled back");
        await bot.TypesAsync("priya", Room, "/incident close");
        return await bot.TypesAsync("priya", Room, "/incident close");
    }

    private static void Answers(string words, string answer) => Assert.Contains(words, answer, StringComparison.Ordinal);
}
