using System.Globalization;
using System.Text;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_request_at_the_door
{
    private static readonly byte[] Command = "user_id=U1&trigger_id=1.2.3&channel_id=C123ABC456&text=status"u8.ToArray();

    private readonly DoorDriver slack = new();

    [Fact]
    public async Task without_a_signature_is_turned_away() => Assert.Equal(401, await KnockAsync(Now(), null));

    [Fact]
    public async Task with_a_forged_signature_is_turned_away() => Assert.Equal(401, await KnockAsync(Now(), $"v0={new string('a', 64)}"));

    [Fact]
    public async Task refused_again_and_again_is_told_in_the_log_once_a_minute()
    {
        for (var request = 0; request < 5; request++)
        {
            await KnockAsync(Now(), $"v0={new string('a', 64)}");
        }

        Assert.StartsWith("Warning: Requests to /slack/ were refused (1 since", Assert.Single(slack.Log.Lines), StringComparison.Ordinal);

        slack.Time.Advance(TimeSpan.FromMinutes(1));
        await KnockAsync(Now(), $"v0={new string('a', 64)}");

        Assert.Equal(2, slack.Log.Lines.Count);
        Assert.StartsWith("Warning: Requests to /slack/ were refused (5 since", slack.Log.Lines[1], StringComparison.Ordinal);
        Assert.All(slack.Log.Lines, line => Assert.Contains("Slack__SigningSecret", line, StringComparison.Ordinal));
        Assert.All(slack.Log.Lines, line => Assert.DoesNotContain("aaaa", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task older_than_five_minutes_is_turned_away()
    {
        var timestamp = Now();
        slack.Time.Advance(TimeSpan.FromSeconds(301));

        Assert.Equal(401, await KnockAsync(timestamp, DoorDriver.Sign(timestamp, Command)));
    }

    [Fact]
    public async Task unsigned_gets_no_challenge_back()
    {
        var reply = await slack.KnockAsync(SlackRoute.Events, SlackFiles.Example("url_verification.json"), json: true, Now(), null);

        Assert.Equal((401, 0), (reply.Status, reply.Body.Length));
    }

    [Fact]
    public async Task that_checks_the_certificate_gets_nothing_done_whatever_else_it_carries()
    {
        byte[] smuggled = [.. "ssl_check=1&"u8, .. Command];

        var reply = await slack.KnockAsync(SlackRoute.Commands, smuggled, json: false, null, null);

        Assert.Equal((200, 0), (reply.Status, reply.Body.Length));
        Assert.Empty(slack.Desk.Said);
    }

    [Theory]
    [InlineData("ssl_check=0&")]
    [InlineData("ssl_check=11&")]
    [InlineData("xssl_check=1&")]
    public async Task that_only_looks_like_a_certificate_check_is_verified(string prefix)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(prefix), .. Command];

        Assert.Equal(401, (await slack.KnockAsync(SlackRoute.Commands, body, json: false, null, null)).Status);
    }

    [Theory]
    [InlineData(SlackRoute.Events, "not json")]
    [InlineData(SlackRoute.Events, "[]")]
    [InlineData(SlackRoute.Commands, "hello")]
    [InlineData(SlackRoute.Interactivity, "payload=%7B")]
    [InlineData(SlackRoute.Options, "")]
    public async Task that_nobody_can_read_is_a_bad_one(object route, string body)
    {
        Assert.Equal(400, (await slack.SendAsync((SlackRoute)route, Encoding.UTF8.GetBytes(body), json: false)).Status);
    }

    private string Now() => slack.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private async Task<int> KnockAsync(string timestamp, string? signature)
    {
        var reply = await slack.KnockAsync(SlackRoute.Commands, Command, json: false, timestamp, signature);
        Assert.Empty(slack.Desk.Said);
        return reply.Status;
    }
}
