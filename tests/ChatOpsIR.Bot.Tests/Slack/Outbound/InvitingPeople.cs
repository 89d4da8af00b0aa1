using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class InvitingPeople : IDisposable
{
    private readonly SlackBench bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task leaves_the_bot_out()
    {
        bench.Slack.Answer("conversations.invite", """{"ok":true}""");

        Assert.Empty(await bench.Platform.InviteAsync(SlackBench.Room, [SlackBench.Person("UBOT"), SlackBench.Person("U1")], Now));

        Assert.Contains("\"users\":\"U1\"", Assert.Single(bench.Slack.To("conversations.invite")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_those_who_cannot_come()
    {
        bench.Slack.Answer(
            "conversations.invite",
            """{"ok":true,"errors":[{"ok":false,"user":"U1","error":"already_in_channel"},{"ok":false,"user":"U2","error":"user_is_restricted"}]}""");

        var missing = Assert.Single(await bench.Platform.InviteAsync(SlackBench.Room, [SlackBench.Person("U1"), SlackBench.Person("U2")], Now));

        Assert.Equal("U2", missing.Person.User);
        Assert.Contains("guest", missing.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task asks_about_each_when_slack_does_not_say_who_is_meant()
    {
        bench.Slack.Answer("conversations.invite", """{"ok":false,"error":"user_not_found"}""")
            .Answer("conversations.invite", """{"ok":true}""")
            .Answer("conversations.invite", """{"ok":false,"error":"user_not_found"}""");

        var missing = await bench.Platform.InviteAsync(SlackBench.Room, [SlackBench.Person("U1"), SlackBench.Person("U2")], Now);

        Assert.Equal("U2", Assert.Single(missing).Person.User);
    }

    [Fact]
    public async Task is_fine_with_whoever_is_in_already()
    {
        bench.Slack.Answer("conversations.invite", """{"ok":false,"error":"already_in_channel"}""");

        Assert.Empty(await bench.Platform.InviteAsync(SlackBench.Room, [SlackBench.Person("U1")], Now));
    }

    [Fact]
    public async Task is_refused_when_the_bot_is_not_there()
    {
        bench.Slack.Answer("conversations.invite", """{"ok":false,"error":"not_in_channel"}""");

        await Assert.ThrowsAsync<ChatRefusedException>(() => bench.Platform.InviteAsync(SlackBench.Room, [SlackBench.Person("U1")], Now));
    }

    [Fact]
    public async Task says_who_lives_on_another_platform()
    {
        var missing = await bench.Platform.InviteAsync(SlackBench.Room, [new PersonId("teams", "X", "Y")], Now);

        Assert.Equal("teams", Assert.Single(missing).Person.Platform);
    }

    public void Dispose() => bench.Dispose();
}
