using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class ReadingTheRoom : IDisposable
{
    private readonly SlackBench bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task goes_through_pages_and_threads()
    {
        bench.Slack.Answer("conversations.history", """
            {"ok":true,"messages":[
              {"type":"message","user":"U2","text":"half \ud83d","ts":"1796212801.000100"},
              {"type":"message","user":"U1","text":"first","ts":"1796212800.000100","thread_ts":"1796212800.000100","reply_count":2,
               "reactions":[{"name":"eyes","users":["U3"],"count":1}],"files":[{"id":"F1","name":"a.png","size":3,"mimetype":"image/png"}]}
            ],"response_metadata":{"next_cursor":"p2="}}
            """)
            .Answer("conversations.history", """{"ok":true,"messages":[{"type":"message","subtype":"channel_join","user":"U1","text":"x","ts":"1796212799.000100"}]}""");
        bench.Slack.Answer("conversations.replies", """
            {"ok":true,"messages":[{"user":"U1","text":"first","ts":"1796212800.000100","thread_ts":"1796212800.000100"},
             {"user":"U2","text":"reply","ts":"1796212805.000100","thread_ts":"1796212800.000100"}],"response_metadata":{"next_cursor":"r2"}}
            """)
            .Answer("conversations.replies", """
            {"ok":true,"messages":[{"user":"U1","text":"first","ts":"1796212800.000100","thread_ts":"1796212800.000100"},
             {"subtype":"tombstone","user":"USLACKBOT","text":"gone","ts":"1796212806.000100","thread_ts":"1796212800.000100"}]}
            """);

        var read = new List<RecordedMessage>();
        string? cursor = null;
        do
        {
            var page = await bench.Platform.ReadHistoryAsync(SlackBench.Room, cursor, Now);
            read.AddRange(page.Messages);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(
            [
                "slack:C1:1796212800.000100",
                "slack:C1:1796212800.000100:react:eyes:U3:seen",
                "slack:C1:1796212801.000100",
                "slack:C1:1796212805.000100",
                "slack:C1:1796212806.000100:del",
                "slack:C1:1796212799.000100",
            ],
            read.Select(message => message.Stamp.CauseKey));
        Assert.Equal("1796212800.000100", read[3].Record.ThreadId);
        Assert.Equal("F1", Assert.Single(read[0].Record.FileIds));
        Assert.Equal(ChatKind.MemberJoined, read[^1].Record.Kind);
        Assert.All(read, message => Assert.Equal(Source.Backfill, message.Stamp.Source));
    }

    [Fact]
    public async Task keeps_as_it_came_what_has_an_id_that_is_none_beside_all_that_can_be_recorded()
    {
        bench.Slack.Answer("conversations.history", $$"""
            {"ok":true,"messages":[
              {"user":"U1","text":"first","ts":"1.000001","reactions":[{"name":"{{new string('x', 50_000)}}","users":["U3"],"count":1},{"name":"eyes","users":["U3"],"count":1}]},
              {"user":"U1","text":"second","ts":"0.000001","thread_ts":"{{new string('9', 50_000)}}"}]}
            """);

        var read = (await bench.Platform.ReadHistoryAsync(SlackBench.Room, null, Now)).Messages;

        Assert.Equal(
            [ChatKind.Unreadable, ChatKind.Message, ChatKind.ReactionAdded, ChatKind.Unreadable],
            read.Select(message => message.Record.Kind));
        Assert.Contains("second", Encoding.UTF8.GetString(read[0].Record.Original.Span), StringComparison.Ordinal);
        Assert.All(read.Where(message => message.Record.Kind is ChatKind.Unreadable), message => Assert.StartsWith("slack:event:h(", message.Stamp.CauseKey, StringComparison.Ordinal));
        Assert.All(read, message => Assert.Equal(Source.Backfill, message.Stamp.Source));
    }

    [Fact]
    public async Task tells_the_name_and_size_of_a_strangers_file_that_the_event_kept_back()
    {
        bench.Slack.Answer("conversations.history", """
            {"ok":true,"messages":[{"type":"message","subtype":"file_share","user":"U9","user_team":"T9","text":"","ts":"1796212800.000100",
             "files":[{"id":"F9","mode":"hosted","name":"latency.png","mimetype":"image/png","size":48213,"file_access":"visible"}]}]}
            """);

        var read = (await bench.Platform.ReadHistoryAsync(SlackBench.Room, null, Now)).Messages;

        Assert.Equal(new ChatFile("F9", "latency.png", 48213, "image/png"), Assert.Single(Assert.Single(read).Record.Files));
    }

    [Fact]
    public async Task passes_over_the_message_about_a_pin_whose_event_is_the_record()
    {
        bench.Slack.Answer("conversations.history", """
            {"ok":true,"messages":[
              {"type":"message","subtype":"pinned_item","user":"U2","text":"<@U2> pinned a message to this channel.","ts":"1796212801.000100"},
              {"type":"message","user":"U1","text":"first","ts":"1796212800.000100"}]}
            """);

        var read = (await bench.Platform.ReadHistoryAsync(SlackBench.Room, null, Now)).Messages;

        Assert.Equal(["slack:C1:1796212800.000100"], read.Select(message => message.Stamp.CauseKey));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("e30=")]
    public async Task refuses_a_cursor_that_is_none(string cursor) =>
        await Assert.ThrowsAsync<ChatRefusedException>(() => bench.Platform.ReadHistoryAsync(SlackBench.Room, cursor, Now));

    [Theory]
    [InlineData("""{"id":"U1","team_id":"T1","profile":{"display_name":"ada","email":"ada@example.com"}}""", PersonKind.Member, "ada@example.com")]
    [InlineData("""{"id":"U1","team_id":"T1","is_email_confirmed":false,"profile":{"display_name":"ada","email":"ada@example.com"}}""", PersonKind.Member, null)]
    [InlineData("""{"id":"U1","team_id":"T1","is_restricted":true,"profile":{"display_name":"","real_name":"ada"}}""", PersonKind.Guest, null)]
    [InlineData("""{"id":"U1","team_id":"T2","profile":{"real_name":"ada","email":"ada@example.com"}}""", PersonKind.Foreign, null)]
    [InlineData("""{"id":"U1","team_id":"T1","is_bot":true,"real_name":"ada"}""", PersonKind.Bot, null)]
    [InlineData("""{"id":"U1","team_id":"T1","deleted":true,"name":"ada"}""", PersonKind.Bot, null)]
    public async Task tells_what_kind_of_account_somebody_has(string user, PersonKind kind, string? email)
    {
        bench.Slack.Answer("users.info", $$"""{"ok":true,"user":{{user}}}""");

        var person = await bench.Platform.LookUpAsync(SlackBench.Person("U1"), Now);

        Assert.Equal(new Person(SlackBench.Person("U1"), "ada", email, kind), person);
    }

    [Theory]
    [InlineData("""{"id":"U1","profile":{"display_name":"ada","real_name":"Ada Lovelace"}}""", "Ada Lovelace")]
    [InlineData("""{"id":"U1","real_name":"Ada Lovelace","profile":{"display_name":"ada"}}""", "Ada Lovelace")]
    [InlineData("""{"id":"U1","profile":{"display_name":"","real_name":"ada"}}""", null)]
    [InlineData("""{"id":"U1","profile":{"display_name":"ada"}}""", null)]
    public async Task keeps_the_full_name_beside_the_one_in_chat(string user, string? fullName)
    {
        bench.Slack.Answer("users.info", $$"""{"ok":true,"user":{{user}}}""");

        var person = await bench.Platform.LookUpAsync(SlackBench.Person("U1"), Now);

        Assert.Equal(("ada", fullName), (person!.Name, person.FullName));
    }

    [Fact]
    public async Task knows_nobody_whom_slack_does_not_know()
    {
        bench.Slack.Answer("users.info", """{"ok":false,"error":"user_not_found"}""");

        Assert.Null(await bench.Platform.LookUpAsync(SlackBench.Person("U1"), Now));
    }

    public void Dispose() => bench.Dispose();
}
