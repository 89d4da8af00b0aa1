using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Playground;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Failures;

public class What_was_missed
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task while_the_bot_was_down_is_read_when_it_starts_and_adds_nothing_when_it_comes_late()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var old = bot.Played.Say("mara", room, "Rolling back now");
        var parent = bot.Played.Say("priya", room, "How long?");
        await bot.PassTimeAsync(TimeSpan.FromMinutes(1));
        var late = MissSomething(bot, room, old, parent);

        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));

        var entries = await next.EntriesAsync();
        Assert.Single(Backfilled(entries, "message"), entry => Text(entry).Contains("It works again", StringComparison.Ordinal));
        Assert.Single(Backfilled(entries, "message"), entry => Text(entry).Contains("Two minutes", StringComparison.Ordinal));
        Assert.Single(Backfilled(entries, "message-edited"), entry =>
            Text(entry).Contains("\"text\":\"Rolled back\"", StringComparison.Ordinal) && Text(entry).Contains("\"previousText\":\"Rolling back now\"", StringComparison.Ordinal));
        Assert.Single(Backfilled(entries, "reaction-added"), entry => entry.CauseKey!.EndsWith(":react:eyes:" + bot.Played.Id("idris") + ":seen:0", StringComparison.Ordinal));

        foreach (var delivery in late)
        {
            Assert.Equal(200, (await next.SendAsync(delivery)).Status);
        }

        Assert.Equal(entries.Select(entry => entry.CauseKey), (await next.EntriesAsync()).Select(entry => entry.CauseKey));
    }

    [Fact]
    public async Task of_what_was_taken_away_is_concluded_from_a_whole_reading_and_adds_nothing_when_it_comes_late()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var parent = bot.Played.Say("priya", room, "How long?");
        var reply = bot.Played.Say("mara", room, "Ten minutes", parent);
        var slip = bot.Played.Say("mara", room, "The password is hunter2");
        bot.Played.Act("idris", "react", new JsonObject { ["channel"] = room, ["ts"] = parent, ["name"] = "eyes" });
        await bot.PassTimeAsync(TimeSpan.FromMinutes(2));
        bot.Played.Act("mara", "edit", new JsonObject { ["channel"] = room, ["ts"] = slip, ["text"] = "The password was hunter2" });
        await bot.PassTimeAsync(TimeSpan.FromMinutes(2));
        bot.Played.Act("mara", "delete", new JsonObject { ["channel"] = room, ["ts"] = slip });
        bot.Played.Act("mara", "delete", new JsonObject { ["channel"] = room, ["ts"] = reply });
        bot.Played.Act("idris", "unreact", new JsonObject { ["channel"] = room, ["ts"] = parent, ["name"] = "eyes" });
        var late = bot.Played.Workspace.TakeDeliveries().Where(delivery => Encoding.UTF8.GetString(delivery.Body).Contains("message_deleted", StringComparison.Ordinal)).ToList();

        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));

        var entries = await next.EntriesAsync();
        var gone = Backfilled(entries, "message-deleted").ToList();
        Assert.Equal([$"slack:{bot.Played.Channel(room)}:{reply}:del", $"slack:{bot.Played.Channel(room)}:{slip}:del"], gone.Select(entry => entry.CauseKey));
        Assert.Contains("\"previousText\":\"The password was hunter2\"", Text(gone[1]), StringComparison.Ordinal);
        Assert.Single(Backfilled(entries, "reaction-removed"), entry => entry.Actor!.EndsWith(bot.Played.Id("idris"), StringComparison.Ordinal));

        Assert.Equal(2, late.Count);
        foreach (var delivery in late)
        {
            Assert.Equal(200, (await next.SendAsync(delivery)).Status);
        }

        Assert.Equal(entries.Select(entry => entry.CauseKey), (await next.EntriesAsync()).Select(entry => entry.CauseKey));
    }

    [Fact]
    public async Task in_a_thread_that_had_long_been_quiet_is_read_too()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var parent = bot.Played.Say("priya", room, "How long?");
        var reply = bot.Played.Say("mara", room, "Ten minutes", parent);
        await bot.PassTimeAsync(TimeSpan.FromHours(3));
        bot.Played.Say("mara", room, "Nearly there");
        await bot.PassTimeAsync(TimeSpan.FromMinutes(1));
        bot.Played.Act("mara", "edit", new JsonObject { ["channel"] = room, ["ts"] = reply, ["text"] = "Three hours" });
        bot.Played.Act("idris", "react", new JsonObject { ["channel"] = room, ["ts"] = reply, ["name"] = "eyes" });
        bot.Played.Workspace.TakeDeliveries();

        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));

        var entries = await next.EntriesAsync();
        Assert.Single(Backfilled(entries, "message-edited"), entry => Text(entry).Contains("\"text\":\"Three hours\"", StringComparison.Ordinal));
        Assert.Single(Backfilled(entries, "reaction-added"));
    }

    [Fact]
    public async Task once_somebody_removes_the_bot_begins_with_a_gap_that_the_manager_hears_of()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya");
        bot.Played.Workspace.Act(new JsonObject { ["as"] = "priya", ["do"] = "kick", ["channel"] = room, ["user"] = bot.Played.Workspace.Look().People.Single(person => person.IsBot).Id });
        await bot.PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "gap");
        Assert.Contains(bot.ToldInPerson("mara"), text => text.Contains("I was removed from the war room", StringComparison.Ordinal));
    }

    [Fact]
    public async Task by_nobody_is_read_without_adding_anything()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var old = bot.Played.Say("mara", room, "Rolling back now");
        var parent = bot.Played.Say("priya", room, "How long?");
        await bot.PassTimeAsync(TimeSpan.FromMinutes(1));
        foreach (var delivery in MissSomething(bot, room, old, parent))
        {
            await bot.SendAsync(delivery);
        }

        var before = await bot.EntriesAsync();
        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Contains("conversations.history", next.Slack.Calls.Select(call => call.Method));
        Assert.Equal(before.Select(entry => entry.CauseKey), (await next.EntriesAsync()).Select(entry => entry.CauseKey));
    }

    [Fact]
    public async Task of_a_reaction_that_came_and_went_and_came_back_is_one_entry()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var about = bot.Played.Say("mara", room, "Rolling back now");
        var reaction = new JsonObject { ["channel"] = room, ["ts"] = about, ["name"] = "eyes" };
        bot.Played.Act("idris", "react", reaction);
        bot.Played.Act("idris", "unreact", reaction);
        await bot.PassTimeAsync(TimeSpan.FromMinutes(1));
        bot.Played.Act("idris", "react", reaction);
        var late = bot.Played.Workspace.TakeDeliveries();

        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));
        await next.SendAsync(late.Single());

        var removal = (await next.EntriesAsync()).Single(entry => entry.Kind is "reaction-removed").Version;
        var added = (await next.EntriesAsync()).Where(entry => entry.Kind is "reaction-added").ToArray();
        Assert.Equal(2, added.Length);
        Assert.EndsWith($":seen:{removal}", added[1].CauseKey, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("react unreact", new[] { 1, 0 })]
    [InlineData("react unreact react", new[] { 0, 2, 1 })]
    [InlineData("react unreact react unreact", new[] { 3, 2, 1, 0 })]
    public async Task is_nothing_where_slack_told_of_reactions_in_another_order(string changes, int[] told)
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        var about = bot.Played.Say("mara", room, "Rolling back now");
        await bot.HearAsync();
        foreach (var change in changes.Split(' '))
        {
            bot.Played.Act("idris", change, new JsonObject { ["channel"] = room, ["ts"] = about, ["name"] = "eyes" });
        }

        var events = bot.Played.Workspace.TakeDeliveries();
        foreach (var nth in told)
        {
            Assert.Equal(200, (await bot.SendAsync(events[nth])).Status);
        }

        await bot.PassTimeAsync(TimeSpan.FromMinutes(2));
        var before = await bot.EntriesAsync();
        await using var next = bot.Elsewhere();
        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(before.Select(entry => entry.CauseKey), (await next.EntriesAsync()).Select(entry => entry.CauseKey));
    }

    [Fact]
    public async Task while_slack_held_events_back_is_read_at_the_next_round()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        bot.Played.Say("mara", room, "It works again");
        bot.Played.Workspace.TakeDeliveries();

        await bot.SendAsync(Event(bot, $$"""{"type":"app_rate_limited","team_id":"T0PLAY0001","minute_rate_limited":{{bot.Clock.GetUtcNow().ToUnixTimeSeconds()}},"api_app_id":"A0PLAY0001"}"""));
        await bot.Reconciling.RunAsync(Ct);
        await bot.PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Single(Backfilled(await bot.EntriesAsync(), "message"), entry => Text(entry).Contains("It works again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task while_the_bot_was_not_in_the_room_is_read_when_it_is_let_in_again()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        bot.Played.Act("mara", "kick", new JsonObject { ["channel"] = room, ["user"] = Playing.Bot });
        await bot.HearAsync();
        bot.Played.Say("mara", room, "It works again");
        Assert.True(bot.Played.Act("mara", "invite", new JsonObject { ["channel"] = room, ["user"] = Playing.Bot }).Ok);

        await bot.PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Single(Backfilled(await bot.EntriesAsync(), "message"), entry => Text(entry).Contains("It works again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task and_cannot_be_read_is_a_gap_that_says_why_and_stops_nothing()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        await using var next = bot.Elsewhere();
        next.Slack.Always("conversations.history", UnreliableSlack.Refuse("not_in_channel"));

        await next.Reconciling.RunAsync(Ct);
        await next.TypeAsync("mara", "/incident note We go on", room);
        await next.PassTimeAsync(TimeSpan.FromSeconds(60));

        Assert.Single(await next.EntriesAsync(), entry => entry.Kind is "gap" && Text(entry).Contains("invite it there", StringComparison.Ordinal));
        Assert.Equal(1, next.Slack.CallsOf("conversations.history"));
        Assert.Contains(next.SeenIn(room), text => text.Contains("We go on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_read_on_from_where_slack_asked_to_wait()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        foreach (var number in Enumerable.Range(1, 450))
        {
            bot.Played.Say("mara", room, $"Line {number}.");
        }

        bot.Played.Workspace.TakeDeliveries();
        await using var next = bot.Elsewhere();
        next.Slack.Once("conversations.history", perform => perform(), UnreliableSlack.RateLimit(7), perform => perform(), UnreliableSlack.RateLimit(7));

        await next.Reconciling.RunAsync(Ct);
        await next.PassTimeAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(450, Backfilled(await next.EntriesAsync(), "message").Count(entry => Text(entry).Contains("\"text\":\"Line ", StringComparison.Ordinal)));
        Assert.Equal(3 + 2, next.Slack.CallsOf("conversations.history"));
    }

    [Fact]
    public async Task is_nothing_while_slacks_api_is_down_and_its_events_still_come()
    {
        await using var bot = new PlayedBot();
        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @priya @idris");
        await using var next = bot.Elsewhere();
        next.Slack.Always("*", _ => throw new HttpRequestException("Nobody answers."));
        bot.Played.Say("mara", room, "It works again");

        await next.HearAsync();

        Assert.Single(await next.EntriesAsync(), entry => entry.Source is "live" && Text(entry).Contains("It works again", StringComparison.Ordinal));
    }

    private static IReadOnlyList<Delivery> MissSomething(PlayedBot bot, string room, string old, string parent)
    {
        bot.Played.Say("mara", room, "It works again");
        bot.Played.Say("mara", room, "Two minutes", parent);
        bot.Played.Act("mara", "edit", new JsonObject { ["channel"] = room, ["ts"] = old, ["text"] = "Rolled back" });
        bot.Played.Act("idris", "react", new JsonObject { ["channel"] = room, ["ts"] = parent, ["name"] = "eyes" });
        return bot.Played.Workspace.TakeDeliveries();
    }

    private static Delivery Event(PlayedBot bot, string body) => new()
    {
        Id = 900,
        Kind = DeliveryKind.Event,
        ContentType = "application/json",
        Actor = bot.Played.Id("mara"),
        Body = Encoding.UTF8.GetBytes(body),
    };

    private static IEnumerable<RawEntry> Backfilled(IEnumerable<RawEntry> entries, string kind) =>
        entries.Where(entry => entry.Kind == kind && entry.Source is "backfill");

    private static string Text(RawEntry entry) => Encoding.UTF8.GetString(entry.Content!.Value.Span);
}
