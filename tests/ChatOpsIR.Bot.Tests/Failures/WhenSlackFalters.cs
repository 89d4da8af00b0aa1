namespace ChatOpsIR.Bot.Tests.Failures;

public class When_slack_falters
{
    private const string Room = "inc-1-checkout-returns-500s";

    /// <summary>Every call that an incident's first minute makes and whose repetition people would see.</summary>
    public static TheoryData<string> Visible => ["conversations.create", "chat.postMessage", "conversations.invite", "pins.add", "conversations.setTopic"];

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task and_asks_to_wait_it_is_not_called_before_and_then_everything_is_there_once(string method)
    {
        await using var bot = new PlayedBot();
        bot.Slack.Once(method, UnreliableSlack.RateLimit(17));

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s sev:1");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));

        var calls = bot.Slack.Calls.Where(call => call.Method == method).Take(2).Select(call => call.At).ToArray();
        Assert.True(calls[1] - calls[0] >= TimeSpan.FromSeconds(method is "chat.postMessage" ? 0 : 17), $"{calls[1] - calls[0]}");
        await ShowsOneIncidentAsync(bot);
    }

    [Fact]
    public async Task and_asks_to_wait_before_the_next_post_into_a_channel_that_channel_is_left_alone_so_long()
    {
        await using var bot = new PlayedBot();
        await bot.WithWarRoomAsync();
        bot.Slack.Once("chat.postMessage", UnreliableSlack.RateLimit(17));

        await bot.TypeAsync("mara", "/incident update INC-1 We roll back");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(16));
        Assert.DoesNotContain(bot.SeenIn(Room), text => text.Contains("We roll back", StringComparison.Ordinal));

        await bot.PassTimeAsync(TimeSpan.FromSeconds(5));
        Assert.Single(bot.SeenIn(Room), text => text.Contains("We roll back", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task with_a_server_error_it_is_asked_again_and_everything_is_there_once(string method)
    {
        await using var bot = new PlayedBot();
        bot.Slack.Once(method, UnreliableSlack.Status(503), UnreliableSlack.Status(500));

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s sev:1");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));

        await ShowsOneIncidentAsync(bot);
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task after_it_has_done_what_it_was_asked_that_is_adopted_and_not_done_again(string method)
    {
        await using var bot = new PlayedBot();
        bot.Slack.Once(method, UnreliableSlack.DropAfterwards, UnreliableSlack.DropAfterwards);

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s sev:1");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));

        await ShowsOneIncidentAsync(bot);
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public async Task with_a_page_instead_of_an_answer_it_is_asked_again(string method)
    {
        await using var bot = new PlayedBot();
        bot.Slack.Once(method, UnreliableSlack.Html);

        await bot.TypeAsync("mara", "/incident declare Checkout returns 500s sev:1");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(60));

        await ShowsOneIncidentAsync(bot);
    }

    [Fact]
    public async Task for_five_minutes_an_incident_is_declared_all_the_same_and_shown_once_it_is_back()
    {
        await using var bot = new PlayedBot();
        await bot.TypeAsync("mara", "/incident list");
        bot.Slack.Always("*", _ => throw new HttpRequestException("Nobody answers."));

        Assert.Contains("INC-1 is declared", await bot.TypeAsync("mara", "/incident declare Checkout returns 500s sev:1"), StringComparison.Ordinal);
        await bot.PassTimeAsync(TimeSpan.FromMinutes(5));
        bot.Slack.Always("*", perform => perform());
        await bot.PassTimeAsync(TimeSpan.FromMinutes(2));

        await ShowsOneIncidentAsync(bot);
    }

    private static async Task ShowsOneIncidentAsync(PlayedBot bot)
    {
        var view = bot.Played.Workspace.Look();
        var room = Assert.Single(view.Channels, channel => channel.Name.StartsWith("inc-1", StringComparison.Ordinal));
        Assert.Equal(Room, room.Name);
        Assert.Single(bot.SeenIn(Room), text => text.Contains("INC-1 Checkout returns 500s. SEV1, open.", StringComparison.Ordinal));
        Assert.Single(room.Messages, message => message.Pinned is not null);
        Assert.Contains(bot.Played.Id("mara"), room.Members);
        Assert.Contains("SEV1", room.Topic, StringComparison.Ordinal);
        Assert.Single(bot.SeenIn("incidents"), text => text.Contains("INC-1 SEV1", StringComparison.Ordinal));
        Assert.Single(bot.ToldInPerson("mara"));
        Assert.DoesNotContain(bot.SeenIn(Room), text => text.Contains("Not ", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync()).Pending);
        Assert.DoesNotContain(await bot.EntriesAsync(), entry => entry.Kind is "effect-failed" or "effect-held");
    }
}
