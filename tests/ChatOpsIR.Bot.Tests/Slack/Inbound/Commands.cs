using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_slash_command
{
    private readonly DoorDriver slack = new();

    [Fact]
    public async Task becomes_pieces()
    {
        await slack.SendExampleAsync(SlackRoute.Commands, "slash_command.form");

        Assert.Equal(
            [
                new TextPiece("declare sev2 “cache down” "),
                new PersonPiece(new PersonId("slack", "T123ABC456", "U222222222"), "bob"),
                new TextPiece(" in "),
                new RoomPiece(new RoomId("slack", "C0PUB00001"), "ops"),
                new TextPiece(" & https://status.example.com"),
            ],
            slack.Desk.Said.Single().Pieces);
    }

    [Theory]
    [InlineData("&lt;@U1&gt;", "<@U1>")]
    [InlineData("<!here> now", "<!here> now")]
    [InlineData("<https://a.example/x|a.example/x>", "https://a.example/x")]
    [InlineData("<https://a.example/x|the page>", "https://a.example/x (the page)")]
    [InlineData("<mailto:a@b.example|a@b.example>", "a@b.example")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("a < b > c", "a < b > c")]
    public async Task keeps_what_is_only_text(string typed, string text)
    {
        await slack.SendCommandAsync(typed);

        Assert.Equal([new TextPiece(text)], slack.Desk.Said.Single().Pieces);
    }

    [Fact]
    public async Task is_answered_in_the_response()
    {
        Assert.StartsWith("answer: Done.", DoorDriver.Text(await slack.SendCommandAsync("status")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_the_store_did_not_confirm_is_never_called_done()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");

        await IsNotConfirmedAsync(slack.SendCommandAsync("resolve"));
    }

    [Fact]
    public async Task says_that_it_was_the_store_where_it_was()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");

        Assert.Contains("the store did not answer", DoorDriver.Text(await slack.SendCommandAsync("resolve")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_that_it_was_Slack_where_it_was()
    {
        slack.Talk.Unknown = new ChatOutcomeUnknownException("404");

        var said = DoorDriver.Text(await slack.SendCommandAsync("resolve"));

        Assert.Contains("Slack gave the bot no answer", said, StringComparison.Ordinal);
        Assert.DoesNotContain("store", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_what_Slack_refuses_the_bot()
    {
        slack.Talk.Unknown = new ChatRefusedException("invalid_auth", "Slack does not accept the bot token.");

        var said = DoorDriver.Text(await slack.SendCommandAsync("resolve"));

        Assert.Contains("Slack does not do what the bot asks of it (invalid_auth). Slack does not accept the bot token.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("store", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_confirmed_after_two_seconds()
    {
        slack.Desk.Trouble = stop => Task.Delay(Timeout.InfiniteTimeSpan, slack.Time, stop);

        var reply = slack.SendCommandAsync("resolve");
        slack.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(reply.IsCompleted);
        slack.Time.Advance(TimeSpan.FromSeconds(0.2));

        await IsNotConfirmedAsync(reply);
    }

    [Fact]
    public async Task opens_its_form_and_says_nothing()
    {
        slack.Desk.Answer = Ask;

        var reply = await slack.SendCommandAsync("declare");

        Assert.Equal((200, 0), (reply.Status, reply.Body.Length));
        Assert.Equal("1.2.3", slack.Talk.Opened.Single().Trigger);
    }

    [Fact]
    public async Task offers_a_button_when_its_form_does_not_open_in_time()
    {
        slack.Desk.Answer = Ask;
        slack.Talk.Trouble = stop => Task.Delay(Timeout.InfiniteTimeSpan, slack.Time, stop);

        var reply = slack.SendCommandAsync("declare");
        slack.Time.Advance(TimeSpan.FromSeconds(1.3));

        Assert.Contains("[Declare incident > declare]", DoorDriver.Text(await reply), StringComparison.Ordinal);
    }

    internal static readonly Answer Ask = new Answer.Ask(new Form("declare", null, "Declare incident", "Declare", []));

    private static async Task IsNotConfirmedAsync(Task<SlackReply> sent)
    {
        var reply = await sent;
        Assert.Equal(200, reply.Status);
        Assert.StartsWith("answer: Not confirmed:", DoorDriver.Text(reply), StringComparison.Ordinal);
    }
}
