using System.Text;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class PostingACard : IDisposable
{
    private const string Ts = "1796212800.000100";
    private const string OwnMessage =
        """{"type":"message","user":"UBOT","bot_id":"B1","team":"T1","text":"Hello.","ts":"1796212800.000100","metadata":{"event_type":"chatopsir_effect","event_payload":{"effect":"INC-42:3:0"}}}""";

    private static readonly EffectKey Effect = new(new IncidentId(42).Stream, 3, 0);
    private readonly SlackBench bench = new(("Slack:AnnounceChannel", "#incidents"));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gives_the_record_of_its_echo()
    {
        bench.Slack.Answer("chat.postMessage", $$"""{"ok":true,"channel":"C1","ts":"{{Ts}}","message":{{OwnMessage}}}""");

        var posted = await bench.Platform.PostAsync(ToRoom(), lookFirst: false, Now);

        Assert.Equal(new MessageId(SlackBench.Room, Ts), posted.Message);
        Assert.False(posted.Adopted);
        var (stamp, record) = posted.Record!;
        Assert.Equal($"slack:C1:{Ts}", stamp.CauseKey);
        Assert.Equal(Source.Self, stamp.Source);
        Assert.Equal("slack:T1:UBOT", stamp.Actor?.Value);
        Assert.Equal(Effect, record.Effect);
        Assert.Equal("Hello.", record.Text);
        Assert.Equal(OwnMessage, Encoding.UTF8.GetString(record.Original.Span));
        Assert.Contains("\"effect\":\"INC-42:3:0\"", bench.Slack.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task reaches_a_room_that_slack_gave_another_id_and_is_recorded_under_the_first()
    {
        await bench.Directory.PutRoomAliasAsync(new RoomAlias(SlackBench.Room with { Id = "C2" }, SlackBench.Room, SlackBench.Noon), Now);
        bench.Slack.Answer("chat.postMessage", $$"""{"ok":true,"channel":"C2","ts":"{{Ts}}","message":{{OwnMessage}}}""")
            .Answer("conversations.setTopic", """{"ok":true}""");

        var posted = await bench.Platform.PostAsync(ToRoom(), lookFirst: false, Now);
        await bench.Platform.SetTopicAsync(SlackBench.Room, "SEV-1", Now);

        Assert.Equal((new MessageId(SlackBench.Room, Ts), $"slack:C1:{Ts}"), (posted.Message, posted.Record!.Stamp.CauseKey));
        Assert.All(bench.Slack.Calls.TakeLast(2), call => Assert.Contains("C2", call.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_the_message_of_an_earlier_attempt()
    {
        bench.Slack.Answer("conversations.history", """{"ok":true,"messages":[],"response_metadata":{"next_cursor":"two"}}""")
            .Answer("conversations.history", $$"""{"ok":true,"messages":[{{OwnMessage}}]}""");

        var posted = await bench.Platform.PostAsync(ToRoom(), lookFirst: true, Now);

        Assert.Equal(Ts, posted.Message.Id);
        Assert.True(posted.Adopted);
        Assert.Equal(Source.Self, posted.Record!.Stamp.Source);
        Assert.Empty(bench.Slack.To("chat.postMessage"));
        var asked = bench.Slack.To("conversations.history").First().Body;
        Assert.Contains("include_all_metadata=true", asked, StringComparison.Ordinal);
        Assert.Contains($"oldest={SlackBench.Noon.ToUnixTimeSeconds() - 300}.000000", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task finds_every_message_that_was_posted_for_the_same_effect()
    {
        var second = OwnMessage.Replace(Ts, "1796212801.000200", StringComparison.Ordinal);
        bench.Slack.Answer("conversations.history", $$"""{"ok":true,"messages":[{{second}}],"response_metadata":{"next_cursor":"two"} }""")
            .Answer("conversations.history", $$"""{"ok":true,"messages":[{{OwnMessage}}]}""");

        var found = await bench.Platform.FindPostsAsync(ToRoom(), Now);

        Assert.Equal(["1796212801.000200", Ts], found.Select(posted => posted.Message.Id));
    }

    [Fact]
    public async Task is_seen_through_though_whoever_posts_loses_the_right_to_meanwhile()
    {
        using var lease = new CancellationTokenSource();
        bench.Slack.AnswerWhile("chat.postMessage", $$"""{"ok":true,"channel":"C1","ts":"{{Ts}}","message":{{OwnMessage}}}""", lease.Cancel);

        Assert.Equal(Ts, (await bench.Platform.PostAsync(ToRoom(), lookFirst: false, lease.Token)).Message.Id);
    }

    [Fact]
    public async Task is_not_begun_by_whoever_lost_the_right_to_while_looking()
    {
        using var lease = new CancellationTokenSource();
        bench.Slack.AnswerWhile("conversations.history", """{"ok":true,"messages":[]}""", lease.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Platform.PostAsync(ToRoom(), lookFirst: true, lease.Token));
        Assert.Empty(bench.Slack.To("chat.postMessage"));
    }

    [Fact]
    public async Task waits_for_the_page_of_history_that_slack_will_not_give_yet()
    {
        bench.Slack.Answer("conversations.history", """{"ok":true,"messages":[],"response_metadata":{"next_cursor":"two"}}""")
            .Answer("conversations.history", "", System.Net.HttpStatusCode.TooManyRequests, retryAfter: 30)
            .Answer("conversations.history", $$"""{"ok":true,"messages":[{{OwnMessage}}]}""");

        var posted = await bench.PassTimeAsync(bench.Platform.PostAsync(ToRoom(), lookFirst: true, Now), TimeSpan.FromSeconds(5));

        Assert.Equal(Ts, posted.Message.Id);
        Assert.Equal(3, bench.Slack.To("conversations.history").Count());
    }

    [Fact]
    public async Task believes_only_its_own_messages()
    {
        var forged = OwnMessage.Replace("UBOT", "UEVIL", StringComparison.Ordinal).Replace("B1", "BEVIL", StringComparison.Ordinal);
        bench.Slack.Answer("conversations.history", $$"""{"ok":true,"messages":[{{forged}}]}""")
            .Answer("chat.postMessage", $$"""{"ok":true,"channel":"C1","ts":"{{Ts}}","message":{{OwnMessage}}}""");

        await bench.Platform.PostAsync(ToRoom(), lookFirst: true, Now);

        Assert.Single(bench.Slack.To("chat.postMessage"));
    }

    [Theory]
    [InlineData("not_in_channel")]
    [InlineData("channel_not_found")]
    [InlineData("missing_scope")]
    public async Task asks_a_human_when_it_may_not_look(string code)
    {
        bench.Slack.Answer("conversations.history", $$"""{"ok":false,"error":"{{code}}"}""");

        var cannot = await Assert.ThrowsAsync<ChatCannotLookException>(() => bench.Platform.PostAsync(ToRoom(), lookFirst: true, Now));

        Assert.Equal(code, cannot.Code);
    }

    [Fact]
    public async Task opens_a_direct_channel_once_and_keeps_no_record_of_what_is_said_there()
    {
        bench.Slack.Answer("conversations.open", """{"ok":true,"channel":{"id":"D1"}}""")
            .Answer("chat.postMessage", $$"""{"ok":true,"channel":"D1","ts":"{{Ts}}","message":{{OwnMessage}}}""");
        var post = ToRoom() with { To = new Destination.DirectMessage(SlackBench.Person("U1")) };

        var first = await bench.Platform.PostAsync(post, lookFirst: false, Now);
        await bench.Platform.PostAsync(post, lookFirst: false, Now);

        Assert.Null(first.Record);
        Assert.Equal("D1", first.Message.Room.Id);
        Assert.Single(bench.Slack.To("conversations.open"));
    }

    [Fact]
    public async Task finds_the_announcement_channel_by_name_once()
    {
        bench.Slack.Answer("conversations.list", """{"ok":true,"channels":[{"id":"C5","name":"general"},{"id":"C6","name":"incidents"}]}""")
            .Answer("chat.postMessage", $$"""{"ok":true,"channel":"C6","ts":"{{Ts}}","message":{{OwnMessage}}}""");
        var post = ToRoom() with { To = new Destination.Announcements("T1") };

        var posted = await bench.Platform.PostAsync(post, lookFirst: false, Now);
        await bench.Platform.PostAsync(post, lookFirst: false, Now);

        Assert.Equal("C6", posted.Message.Room.Id);
        Assert.Single(bench.Slack.To("conversations.list"));
    }

    [Fact]
    public async Task says_that_no_announcement_channel_is_configured()
    {
        using var silent = new SlackBench();
        var post = ToRoom() with { To = new Destination.Announcements("T1") };

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => silent.Platform.PostAsync(post, lookFirst: false, Now));

        Assert.Equal("no_announce_channel", refused.Code);
    }

    [Fact]
    public async Task repaints_words_and_blocks_and_leaves_the_metadata()
    {
        bench.Slack.Answer("chat.update", """{"ok":true}""");

        await bench.Platform.RepaintAsync(new MessageId(SlackBench.Room, Ts), Card.Say("Now."), Effect, Now);

        var body = bench.Slack.Calls[^1].Body;
        Assert.Contains("\"text\":\"Now.\"", body, StringComparison.Ordinal);
        Assert.Contains("\"blocks\":[", body, StringComparison.Ordinal);
        Assert.DoesNotContain("metadata", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task takes_already_so_for_success()
    {
        bench.Slack.Answer("pins.add", """{"ok":false,"error":"already_pinned"}""").Answer("chat.delete", """{"ok":false,"error":"message_not_found"}""");

        await bench.Platform.PinAsync(new MessageId(SlackBench.Room, Ts), Now);
        await bench.Platform.DeleteAsync(new MessageId(SlackBench.Room, Ts), Now);
    }

    [Fact]
    public async Task keeps_topics_within_slacks_limit()
    {
        bench.Slack.Answer("conversations.setTopic", """{"ok":true}""");

        await bench.Platform.SetTopicAsync(SlackBench.Room, "<!channel>\n" + string.Concat(Enumerable.Repeat("💥", 300)), Now);

        using var body = System.Text.Json.JsonDocument.Parse(bench.Slack.Calls[^1].Body);
        var topic = body.RootElement.GetProperty("topic").GetString()!;
        Assert.StartsWith("&lt;!channel&gt; ", topic, StringComparison.Ordinal);
        Assert.Equal(250, topic.EnumerateRunes().Count());
    }

    public void Dispose() => bench.Dispose();

    private static Post ToRoom() => new(new Destination.Room(SlackBench.Room), Card.Say("Hello."), Effect, SlackBench.Noon);
}
