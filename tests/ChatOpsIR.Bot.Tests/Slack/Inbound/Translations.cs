using System.Text;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_record_of_slack
{
    private static readonly RoomId Room = new("slack", "C123ABC456");

    [Fact]
    public void keeps_the_platforms_object_byte_for_byte()
    {
        var body = SlackFiles.Example("message_plain.json");
        var original = Encoding.UTF8.GetString(Read(body)!.Record.Original.Span);

        Assert.Contains(original, Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.StartsWith("{\n    \"type\": \"message\"", original, StringComparison.Ordinal);
    }

    [Fact]
    public void knows_the_moment_to_the_microsecond()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1735689600).AddMicroseconds(100), Example("message_plain.json").Stamp.OccurredAt);
    }

    [Fact]
    public void of_an_edit_names_the_editor_the_author_and_both_texts()
    {
        var edit = Example("message_changed_edit.json");

        Assert.Equal("slack:T123ABC456:U123ABC456", edit.Stamp.Actor?.Value);
        Assert.Equal("slack:T123ABC456:U123ABC456", edit.Record.Author?.Value);
        Assert.Equal(("Restarting the *redis* tier", "Restarting the cache tier"), (edit.Record.Text, edit.Record.PreviousText));
    }

    [Theory]
    [InlineData("message_deleted.json", "see <https://status.example.com>")]
    [InlineData("message_changed_tombstone.json", "Restarting the *redis* tier")]
    public void of_a_deletion_names_nobody_and_keeps_the_text(string file, string text)
    {
        var deletion = Example(file);

        Assert.Null(deletion.Stamp.Actor);
        Assert.Null(deletion.Record.Text);
        Assert.Equal((text, "slack:T123ABC456:U123ABC456"), (deletion.Record.PreviousText, deletion.Record.Author?.Value));
    }

    [Fact]
    public void of_a_reply_names_its_thread()
    {
        Assert.Equal("1735689600.000100", Example("message_thread_broadcast.json").Record.ThreadId);
        Assert.Null(Happening("""{"type":"message","user":"U1","ts":"1.000001","thread_ts":"1.000001"}""")!.Record.ThreadId);
    }

    [Fact]
    public void of_a_strangers_file_says_what_slack_tells()
    {
        var shared = Example("message_file_share_check_file_info.json");

        Assert.Equal(new ChatFile("F0EXT00001", null, null, null), shared.Record.Files.Single());
        Assert.Equal("slack:T9EXT00001:U9EXT00001", shared.Record.Author?.Value);
        Assert.Equal(new ChatFile("F123ABC456", "latency.png", 48213, "image/png"), Example("message_file_share.json").Record.Files.Single());
    }

    [Theory]
    [InlineData("""{"type":"message","user":"U1","ts":"1.000001","text":"a\ud83db"}""", "a\ufffdb")]
    [InlineData("""{"type":"message","user":"U1","ts":"1.000001","text":"\ud83d \"\\\u00e9\ud83d\ude92"}""", "\ufffd \"\\é🚒")]
    public void survives_half_a_character(string happening, string text) => Assert.Equal(text, Happening(happening)!.Record.Text);

    [Theory]
    [InlineData("""{"type":"message","subtype":"message_changed","event_ts":"2.000001","message":{"user":"U0BOT00001","text":"b","ts":"1.000001"},"previous_message":{"text":"a","ts":"1.000001"}}""")]
    [InlineData("""{"type":"message","subtype":"message_deleted","event_ts":"2.000001","deleted_ts":"1.000001","previous_message":{"subtype":"tombstone","ts":"1.000001"}}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","event_ts":"2.000001","message":{"user":"U1","text":"a","ts":"1.000001","reply_count":1},"previous_message":{"user":"U1","text":"a","ts":"1.000001"}}""")]
    public void is_not_made_where_nobody_changed_anything(string happening) => Assert.Null(Happening(happening));

    [Theory]
    [InlineData("""{"user":"U1","text":"a","ts":"1.000001","blocks":[{"type":"divider"}]}""")]
    [InlineData("""{"user":"U1","text":"a","ts":"1.000001","files":[{"id":"F1","mode":"tombstone"}]}""")]
    [InlineData("""{"user":"U1","text":"a","ts":"1.000001","attachments":[{"title":"written by hand"}]}""")]
    public void is_made_when_something_else_than_the_text_changed(string message)
    {
        var edit = Happening($$"""{"type":"message","subtype":"message_changed","event_ts":"2.000001","message":{{message}},"previous_message":{"user":"U1","text":"a","ts":"1.000001"} }""");

        Assert.StartsWith("slack:C123ABC456:1.000001:edit:2.000001:h(a|", edit!.Stamp.CauseKey, StringComparison.Ordinal);
    }

    [Fact]
    public void of_our_own_post_names_its_effect()
    {
        const string Metadata = """ "metadata":{"event_type":"chatopsir_effect","event_payload":{"effect":"INC-42:7:0"}} """;
        var ours = Happening($$"""{"type":"message","user":"U0BOT00001","ts":"1.000001","text":"x",{{Metadata}} }""")!;
        var forged = Happening($$"""{"type":"message","user":"U1","bot_id":"B9","ts":"1.000001","text":"x",{{Metadata}} }""")!;

        Assert.Equal((Source.Self, "INC-42:7:0"), (ours.Stamp.Source, ours.Record.Effect.ToString()));
        Assert.Equal((Source.Live, null), (forged.Stamp.Source, forged.Record.Effect));
    }

    [Fact]
    public void from_history_has_the_key_of_the_live_event()
    {
        using var live = JsonDocument.Parse(SlackFiles.Example("message_changed_edit.json"));
        var message = live.RootElement.GetProperty("event").GetProperty("message");

        var first = SlackTranslator.FromHistory(message, Room, Source.Backfill, DoorDriver.Us);
        var edit = SlackTranslator.EditFromHistory(message, Room, Source.Backfill, DoorDriver.Us, new PlainHash());

        Assert.Equal((Example("message_plain.json").Stamp.CauseKey, Source.Backfill), (first.Stamp.CauseKey, first.Stamp.Source));
        Assert.Equal((Example("message_changed_edit.json").Stamp.CauseKey, Source.Backfill), (edit!.Stamp.CauseKey, edit.Stamp.Source));
    }

    private static RecordedMessage Example(string file) => Read(SlackFiles.Example(file))!;

    private static RecordedMessage? Happening(string happening) => Read(Encoding.UTF8.GetBytes($$"""{"event_id":"Ev1","event":{{happening}} }"""));

    private static RecordedMessage? Read(byte[] body)
    {
        using var document = SlackJson.Parse(body);
        return SlackTranslator.Translate(document!.RootElement, Room, body, DateTimeOffset.UnixEpoch, DoorDriver.Us, new PlainHash());
    }
}
