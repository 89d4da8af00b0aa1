using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Playground;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Failures;

public class When_slack_refuses
{
    private const string Wanted = "inc-1-checkout-returns-500s";

    [Fact]
    public async Task the_name_because_it_is_taken_the_war_room_gets_a_suffix()
    {
        await using var bot = new PlayedBot();
        bot.Played.Act("priya", "create", new JsonObject { ["name"] = Wanted });

        var room = await bot.WithWarRoomAsync();

        Assert.Equal($"{Wanted}-2", room);
        Assert.Contains(bot.SeenIn(room), text => text.Contains("INC-1 Checkout returns 500s. SEV1, open.", StringComparison.Ordinal));
        Assert.Contains($"{bot.Played.Channel(room)}", await bot.TypeAsync("mara", "/incident status INC-1"), StringComparison.Ordinal);
        Assert.DoesNotContain(bot.SeenIn(Wanted), text => text.Contains("INC-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task to_invite_whoever_is_in_already_nobody_hears_of_it()
    {
        await using var bot = new PlayedBot();
        bot.Slack.Always("conversations.invite", UnreliableSlack.Refuse("already_in_channel"));

        var room = await bot.WithWarRoomAsync();

        Assert.DoesNotContain(bot.SeenIn(room), text => text.Contains("Not done", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync()).Pending);
        Assert.DoesNotContain(await bot.EntriesAsync(), entry => entry.Kind is "effect-failed" or "effect-held");
    }

    [Fact]
    public async Task one_of_those_invited_the_others_are_in_and_the_record_names_the_one()
    {
        await using var bot = new PlayedBot();
        bot.Slack.Always("users.info", UnreliableSlack.Refuse("internal_error"));

        var room = await bot.WithWarRoomAsync("/incident declare Checkout returns 500s @sam @priya");

        var members = bot.Played.Workspace.Look().Channel(room)!.Members;
        Assert.Contains(bot.Played.Id("priya"), members);
        Assert.DoesNotContain(bot.Played.Id("sam"), members);
        Assert.Contains(await bot.EntriesAsync(), entry => entry.Kind is "effect-done" && Content(entry).Contains("guest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_announcement_because_its_channel_is_unknown_the_room_says_how_to_mend_it()
    {
        await using var bot = new PlayedBot(null, ("Slack:AnnounceChannel", "nowhere"));

        var room = await bot.WithWarRoomAsync();

        Assert.Single(bot.SeenIn(room), text => text.Contains("There is no channel #nowhere for announcements", StringComparison.Ordinal) && text.Contains("channel_not_found", StringComparison.Ordinal));
        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "effect-failed");
        Assert.Contains("SEV1, open", await bot.TypeAsync("mara", "/incident status INC-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_pin_for_lack_of_a_scope_the_room_is_told_which_and_everything_else_goes_on()
    {
        await using var bot = new PlayedBot(settings => settings with { BotScopes = [.. WorkspaceSettings.AllScopes.Where(scope => scope is not "pins:write")] });

        var room = await bot.WithWarRoomAsync();

        Assert.Single(bot.SeenIn(room), text => text.Contains("add the scope pins:write", StringComparison.Ordinal));
        Assert.Contains(bot.Played.Id("mara"), bot.Played.Workspace.Look().Channel(room)!.Members);
        Assert.Contains(bot.SeenIn("incidents"), text => text.Contains("INC-1 SEV1", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync()).Pending);
    }

    [Fact]
    public async Task to_open_a_room_at_all_the_manager_is_told_in_person_once()
    {
        await using var bot = new PlayedBot(settings => settings with { BotScopes = [.. WorkspaceSettings.AllScopes.Where(scope => scope is not "channels:manage")] });

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(30));

        Assert.Single(bot.ToldInPerson("mara"), text => text.Contains("add the scope channels:manage", StringComparison.Ordinal));
        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "effect-failed" && Content(entry).Contains("channels:manage", StringComparison.Ordinal));
        Assert.Contains("INC-1", await bot.TypeAsync("mara", "/incident status INC-1"), StringComparison.Ordinal);
        Assert.Null((await bot.IncidentAsync()).Room);
    }

    [Fact]
    public async Task the_room_and_then_the_message_about_it_nothing_goes_round_in_circles()
    {
        await using var bot = new PlayedBot();
        bot.Slack.Always("conversations.create", UnreliableSlack.Refuse("restricted_action"));
        bot.Slack.Always("conversations.open", UnreliableSlack.Refuse("missing_scope", ""","needed":"im:write" """));

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(120));

        Assert.Equal(2, (await bot.EntriesAsync()).Count(entry => entry.Kind is "effect-failed"));
        Assert.Empty((await bot.IncidentAsync()).Pending);
    }

    [Fact]
    public async Task a_message_to_the_room_the_bot_was_thrown_out_of_the_manager_is_told_in_person_once()
    {
        await using var bot = new PlayedBot(settings => settings with { BotScopes = [.. WorkspaceSettings.AllScopes.Where(scope => scope is not "chat:write.public")] });
        var room = await bot.WithWarRoomAsync();
        bot.Played.Act("mara", "kick", new JsonObject { ["channel"] = room, ["user"] = Playing.Bot });

        await bot.TypeAsync("mara", "/incident update INC-1 We roll back");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(120));

        Assert.Single(await bot.EntriesAsync(), entry => entry.Kind is "effect-failed" or "effect-held");
        Assert.Single(bot.ToldInPerson("mara"), text => text.Contains("The bot is not in that channel: invite it there.", StringComparison.Ordinal));
        Assert.Contains("We roll back", await bot.TypeAsync("mara", "/incident status INC-1"), StringComparison.Ordinal);
    }

    private static string Content(RawEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Content!.Value.Span);
}
