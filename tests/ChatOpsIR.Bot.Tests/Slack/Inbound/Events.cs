using System.Text;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class An_event
{
    private const string Words = """{"type":"message","channel":"C123ABC456","user":"U1","text":"!incident status now","ts":"1735689600.000100"}""";

    private readonly DoorDriver slack = new();

    [Fact]
    public async Task that_the_store_did_not_take_is_asked_for_again()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");

        Assert.Equal(503, (await slack.SendExampleAsync(SlackRoute.Events, "message_plain.json")).Status);
    }

    [Fact]
    public async Task that_takes_two_seconds_is_asked_for_again()
    {
        slack.Desk.Trouble = stop => Task.Delay(Timeout.InfiniteTimeSpan, slack.Time, stop);

        var reply = slack.SendExampleAsync(SlackRoute.Events, "message_plain.json");
        slack.Time.Advance(SlackDoor.Patience);

        Assert.Equal(503, (await reply).Status);
    }

    [Fact]
    public async Task of_a_war_room_in_an_unknown_shape_is_kept_as_it_came()
    {
        const string Strange = """{"type":"hologram_started","channel":"C123ABC456"}""";

        Assert.Equal(200, (await slack.SendEventAsync(Strange)).Status);

        var kept = slack.Desk.Recorded.Single();
        Assert.Equal((ChatKind.Unreadable, "slack:event:Ev1"), (kept.Record.Kind, kept.Stamp.CauseKey));
        Assert.Contains(Strange, Encoding.UTF8.GetString(kept.Record.Original.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel_left")]
    [InlineData("channel_deleted")]
    [InlineData("group_left")]
    [InlineData("group_deleted")]
    public async Task that_ends_what_is_heard_in_a_room_is_a_gap_under_the_key_of_the_event(string type)
    {
        var happening = $$"""{"type":"{{type}}","channel":"C123ABC456","actor_id":"U1","event_ts":"1735689840.001600"}""";
        await slack.SendEventAsync(happening);

        var gap = Assert.Single(slack.Desk.Recorded);
        Assert.Equal((ChatKind.Gap, $"slack:C123ABC456:{type}:1735689840.001600"), (gap.Record.Kind, gap.Stamp.CauseKey));
    }

    [Fact]
    public async Task about_a_pin_is_the_record_and_the_message_about_it_adds_nothing()
    {
        await slack.SendExampleAsync(SlackRoute.Events, "pin_added.json");
        foreach (var twin in (string[])
            [
                """{"type":"message","subtype":"pinned_item","channel":"C123ABC456","user":"U1","text":"<@U1> pinned a message to this channel.","ts":"1735689820.001500"}""",
                """{"type":"message","subtype":"message_changed","channel":"C123ABC456","ts":"1735689821.000100","message":{"subtype":"pinned_item","user":"U1","text":"pinned","ts":"1735689820.001500"},"previous_message":{"text":"was pinned"}}""",
                """{"type":"message","subtype":"message_deleted","channel":"C123ABC456","ts":"1735689822.000100","deleted_ts":"1735689820.001500","previous_message":{"subtype":"pinned_item","user":"U1","ts":"1735689820.001500"}}""",
            ])
        {
            Assert.Equal(200, (await slack.SendEventAsync(twin)).Status);
        }

        Assert.Equal(ChatKind.PinAdded, Assert.Single(slack.Desk.Recorded).Record.Kind);
    }

    [Theory]
    [InlineData("U0BOT00001", "chatopsir_effect", true)]
    [InlineData("U1", "chatopsir_effect", false)]
    [InlineData("U0BOT00001", "task_created", false)]
    public async Task of_a_message_of_ours_outside_the_war_rooms_tells_whose_promise_it_keeps(string user, string mark, bool isOurs)
    {
        var reply = await slack.SendEventAsync(
            $$"""
            {"type":"message","channel":"D9","channel_type":"im","user":"{{user}}","ts":"1.000001","text":"x",
             "metadata":{"event_type":"{{mark}}","event_payload":{"effect":"INC-42:7:0"} } }
            """);

        Assert.Equal(200, reply.Status);
        Assert.Equal(isOurs ? ["INC-42:7:0 D9 1.000001"] : [], slack.Desk.Echoes.Select(echo => $"{echo.Effect} {echo.Message.Room.Id} {echo.Message.Id}"));
        Assert.Empty(slack.Desk.Recorded);
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U1","text":"no time stamp"}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"C123ABC456","ts":"1.000000"}""")]
    [InlineData("""{"type":"reaction_added","item":{"channel":"C123ABC456"}}""")]
    public async Task of_a_war_room_with_holes_is_kept_as_it_came(string happening)
    {
        await slack.SendEventAsync(happening);

        Assert.Equal(ChatKind.Unreadable, slack.Desk.Recorded.Single().Record.Kind);
    }

    public static TheoryData<string> WithIdsOfForeignLength => new(
        """{"type":"reaction_added","user":"U1","reaction":"LONG","item":{"channel":"C123ABC456","ts":"1.000001"},"event_ts":"1.000002"}""",
        """{"type":"reaction_added","user":"LONG","reaction":"eyes","item":{"channel":"C123ABC456","ts":"1.000001"},"event_ts":"1.000002"}""",
        """{"type":"message","channel":"C123ABC456","user":"U1","text":"x","ts":"1.000001","thread_ts":"LONG"}""",
        """{"type":"message","channel":"C123ABC456","user":"LONG","text":"!incident status","ts":"1.000001"}""",
        """{"type":"message","channel":"C123ABC456","user":"U1","user_team":"LONG","text":"!incident status","ts":"1.000001"}""",
        """{"type":"message","channel":"C123ABC456","user":"U1","text":"!incident status","ts":"ZEROS1.000001"}""",
        """{"type":"message","channel":"C123ABC456","user":"U1","text":"x","ts":"1.000001","files":[{"id":"LONG"}]}""",
        """{"type":"message","subtype":"message_changed","channel":"C123ABC456","event_ts":"2.000001","message":{"user":"U1","text":"y","ts":"1.000001","edited":{"user":"U1","ts":"ZEROS2.000000"}},"previous_message":{"user":"U1","text":"x","ts":"1.000001"}}""",
        """{"type":"channel_id_changed","old_channel_id":"C123ABC456","new_channel_id":"LONG","event_ts":"1.000001"}""");

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(WithIdsOfForeignLength))]
    public async Task of_a_war_room_with_an_id_that_is_none_is_kept_as_it_came(string happening)
    {
        happening = happening.Replace("LONG", new string('X', 50_000), StringComparison.Ordinal).Replace("ZEROS", new string('0', 50_000), StringComparison.Ordinal);

        Assert.Equal(200, (await slack.SendEventAsync(happening)).Status);

        var kept = slack.Desk.Recorded.Single();
        Assert.Equal((ChatKind.Unreadable, "slack:event:Ev1"), (kept.Record.Kind, kept.Stamp.CauseKey));
        Assert.Contains(happening, Encoding.UTF8.GetString(kept.Record.Original.Span), StringComparison.Ordinal);
        Assert.Empty(slack.Desk.Said);
    }

    [Fact]
    public async Task with_an_endless_name_of_its_own_is_known_again_by_what_it_says()
    {
        var strange = Encoding.UTF8.GetBytes($$"""{"type":"event_callback","event_id":"{{new string('E', 50_000)}}","event":{"type":"hologram_started","channel":"C123ABC456"} }""");
        await slack.SendAsync(SlackRoute.Events, strange, json: true);
        await slack.SendAsync(SlackRoute.Events, strange, json: true);

        var key = Assert.Single(slack.Desk.Recorded.Select(kept => kept.Stamp.CauseKey).Distinct());
        Assert.StartsWith("slack:event:h(", key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_mentions_an_id_that_is_none_has_it_as_text()
    {
        await slack.SendEventAsync($$"""{"type":"message","channel":"C123ABC456","user":"U1","text":"!incident invite <@U{{new string('X', 50_000)}}>","ts":"1.000001"}""");

        Assert.All(slack.Desk.Said.Single().Pieces, piece => Assert.IsType<TextPiece>(piece));
    }

    [Fact]
    public async Task that_begins_with_the_command_is_recorded_carried_out_and_answered()
    {
        await slack.SendEventAsync(Words);

        Assert.Equal("slack:C123ABC456:1735689600.000100", slack.Desk.Recorded.Single().Stamp.CauseKey);
        var said = slack.Desk.Said.Single();
        Assert.Equal("slack:C123ABC456:1735689600.000100:cmd", said.CauseKey);
        Assert.Equal([new TextPiece("status now")], said.Pieces);
        Assert.Equal("Done.", slack.Talk.Whispered.Single().Card.Summary);
    }

    [Fact]
    public async Task of_a_room_under_its_new_id_is_recorded_under_the_first()
    {
        slack.Desk.Aliases.Add("C999", "C123ABC456");

        await slack.SendEventAsync(Words.Replace("C123ABC456", "C999", StringComparison.Ordinal));

        var kept = slack.Desk.Recorded.Single();
        Assert.Equal(("slack:C123ABC456:1735689600.000100", "C123ABC456"), (kept.Stamp.CauseKey, kept.Record.Room.Id));
        Assert.Equal("slack:C123ABC456:1735689600.000100:cmd", slack.Desk.Said.Single().CauseKey);
    }

    [Fact]
    public async Task that_gives_a_room_another_id_says_which_and_has_its_history_read()
    {
        slack.Desk.Rooms.Add("G123ABC456");

        await slack.SendExampleAsync(SlackRoute.Events, "channel_id_changed.json");

        Assert.Equal("C999ABC456", slack.Desk.Recorded.Single().Record.NewRoom?.Id);
        Assert.Equal("G123ABC456", slack.Desk.CaughtUp.Single().Id);
    }

    [Fact]
    public async Task that_a_file_is_gone_is_kept_in_every_war_room_that_had_it()
    {
        slack.Desk.Rooms.Add("C777");

        await slack.SendEventAsync("""{"type":"file_deleted","file_id":"F1","channel_ids":["C123ABC456","CELSEWHERE","C777"],"event_ts":"1735689600.000100"}""");

        Assert.Equal(["slack:C123ABC456:file_deleted:1735689600.000100", "slack:C777:file_deleted:1735689600.000100"], slack.Desk.Recorded.Select(kept => kept.Stamp.CauseKey));
        Assert.All(slack.Desk.Recorded, kept => Assert.Equal(["F1"], kept.Record.FileIds));
    }

    [Fact]
    public async Task that_mentions_us_first_comes_twice_and_is_answered_once()
    {
        await slack.SendExampleAsync(SlackRoute.Events, "app_mention.json");
        var message = Encoding.UTF8.GetString(SlackFiles.Example("app_mention.json")).Replace("\"app_mention\"", "\"message\"", StringComparison.Ordinal);
        await slack.SendAsync(SlackRoute.Events, Encoding.UTF8.GetBytes(message), json: true);

        Assert.Equal(2, slack.Desk.Said.Count);
        Assert.Single(slack.Desk.Said.Select(said => said.CauseKey).Distinct());
        Assert.Single(slack.Desk.Recorded.Select(kept => kept.Stamp.CauseKey).Distinct());
        Assert.Single(slack.Talk.Whispered);
    }

    [Fact]
    public async Task that_mentions_us_elsewhere_is_carried_out_and_not_recorded()
    {
        slack.Desk.Rooms.Clear();

        await slack.SendExampleAsync(SlackRoute.Events, "app_mention.json");

        Assert.Empty(slack.Desk.Recorded);
        Assert.Equal([new TextPiece("status?")], slack.Desk.Said.Single().Pieces);
    }

    [Fact]
    public async Task that_does_not_say_which_incident_keeps_its_words_in_the_button()
    {
        slack.Desk.Answer = new Answer.Ask(new Form(
            "note", null, "Which incident?", "Go on",
            [new Field("incident", "Which?", FieldKind.Incident), new Field("text", "What?", FieldKind.Text, Value: "The vendor confirms")]));

        await slack.SendEventAsync(Words);

        var button = slack.Talk.Whispered.Single().Card.Parts.OfType<Buttons>().Single().Items.Single();
        Assert.Equal(("Which incident?", "note The vendor confirms"), (button.Label, button.Command));
    }

    [Fact]
    public async Task that_begins_with_the_command_elsewhere_is_carried_out_and_not_recorded()
    {
        slack.Desk.Rooms.Clear();

        await slack.SendEventAsync(Words);
        await slack.SendEventAsync("""{"type":"message","channel":"C123ABC456","user":"U1","text":"about !incident status","ts":"1735689600.000200"}""");

        Assert.Empty(slack.Desk.Recorded);
        Assert.Equal([new TextPiece("status now")], slack.Desk.Said.Single().Pieces);
    }

    [Theory]
    [InlineData("""{"type":"member_joined_channel","channel":"C123ABC456","user":"U0BOT00001","event_ts":"1.000001"}""", true)]
    [InlineData("""{"type":"member_joined_channel","channel":"C123ABC456","user":"U1","event_ts":"1.000001"}""", false)]
    [InlineData("""{"type":"channel_history_changed","channel":"C123ABC456","latest":"1.000001","ts":"1.000001","event_ts":"1.000001"}""", true)]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U1","text":"hi","ts":"1.000001"}""", false)]
    public async Task that_tells_of_things_we_did_not_hear_has_the_room_read(string happening, bool isRead)
    {
        await slack.SendEventAsync(happening);

        Assert.Equal(isRead, slack.Desk.CaughtUp.Count == 1);
    }

    [Fact]
    public async Task about_events_held_back_has_every_room_read_from_that_minute_on()
    {
        await slack.SendExampleAsync(SlackRoute.Events, "app_rate_limited.json");

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1518467820), slack.Desk.CaughtUpEverywhere.Single());
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U2","bot_id":"B2","text":"!incident resolve","ts":"1.000001"}""")]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U0BOT00001","text":"!incident resolve","ts":"1.000001"}""")]
    [InlineData("""{"type":"message","channel":"C123ABC456","subtype":"bot_message","bot_id":"B2","text":"!incident resolve","ts":"1.000001"}""")]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U1","text":"about <@U0BOT00001> resolve","ts":"1.000001"}""")]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U1","text":"!incidental","ts":"1.000001"}""")]
    [InlineData("""{"type":"message","channel":"C123ABC456","user":"U1","text":"<@U3> resolve","ts":"1.000001"}""")]
    public async Task that_does_not_address_us_gives_no_order(string happening)
    {
        await slack.SendEventAsync(happening);

        Assert.Single(slack.Desk.Recorded);
        Assert.Empty(slack.Desk.Said);
    }

    [Fact]
    public async Task that_needs_a_form_offers_a_button()
    {
        slack.Desk.Answer = A_slash_command.Ask;

        await slack.SendEventAsync(Words);

        Assert.Contains("[Declare incident > declare]", PlainText.Of(slack.Talk.Whispered.Single().Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task stays_recorded_when_the_answer_cannot_be_shown()
    {
        slack.Talk.Trouble = _ => throw new ChatRefusedException("user_not_in_channel", "They left.");

        Assert.Equal(200, (await slack.SendEventAsync(Words)).Status);
    }
}
