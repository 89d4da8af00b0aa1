using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_button
{
    private readonly DoorDriver slack = new();

    [Fact]
    public async Task says_its_words_about_its_incident()
    {
        var reply = await slack.SendPayloadAsync(Press());

        Assert.Equal((200, 0), (reply.Status, reply.Body.Length));
        var said = slack.Desk.Said.Single();
        Assert.Equal("slack:act:1735689760.000800:1735689950.100000:U1", said.CauseKey);
        Assert.Equal([new TextPiece("accept manager")], said.Pieces);
        Assert.Equal((new IncidentId(42), new RoomId("slack", "C123ABC456")), (said.Incident, said.Room));
        Assert.Null(said.Kind);
        Assert.Equal("Done.", slack.Talk.AnsweredAt.Single().Summary);
    }

    [Fact]
    public async Task pressed_by_a_stranger_says_so()
    {
        await slack.SendPayloadAsync(Press(team: "T9EXT00001"));

        var said = slack.Desk.Said.Single();
        Assert.Equal((PersonKind.Foreign, "T9EXT00001"), (said.Kind, said.Who.Workspace));
    }

    [Fact]
    public async Task pressed_within_a_large_organisation_is_ours()
    {
        await slack.SendPayloadAsync(Press(team: "E123"));

        Assert.Equal(((PersonKind?)null, "T123ABC456"), (slack.Desk.Said.Single().Kind, slack.Desk.Said.Single().Who.Workspace));
    }

    [Fact]
    public async Task that_the_store_did_not_confirm_is_never_called_done()
    {
        slack.Desk.Trouble = stop => Task.Delay(Timeout.InfiniteTimeSpan, slack.Time, stop);

        var reply = slack.SendPayloadAsync(Press());
        slack.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(200, (await reply).Status);
        Assert.StartsWith("Not confirmed:", slack.Talk.AnsweredAt.Single().Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task opens_a_form()
    {
        slack.Desk.Answer = A_slash_command.Ask;

        await slack.SendPayloadAsync(Press());

        Assert.Equal("9.8.7", slack.Talk.Opened.Single().Trigger);
        Assert.Empty(slack.Talk.AnsweredAt);
    }

    [Fact]
    public async Task never_calls_an_address_that_is_not_slacks()
    {
        await slack.SendPayloadAsync(Press(responseUrl: "https://evil.example/actions"));

        Assert.Empty(slack.Talk.AnsweredAt);
        Assert.Single(slack.Talk.Whispered);
    }

    private static object Press(string team = "T123ABC456", string responseUrl = "https://hooks.slack.com/actions/1") => new
    {
        type = "block_actions",
        user = new { id = "U1", team_id = team },
        container = new { type = "message", message_ts = "1735689760.000800", channel_id = "C123ABC456" },
        channel = new { id = "C123ABC456" },
        trigger_id = "9.8.7",
        response_url = responseUrl,
        actions = new[]
        {
            new { type = "button", action_id = "say:0", action_ts = "1735689950.100000", value = """{"incident":"INC-42","say":"accept manager"}""" },
        },
    };
}

public class A_shortcut
{
    private readonly DoorDriver slack = new();

    [Fact]
    public async Task on_a_message_notes_it_with_its_author()
    {
        await slack.SendExampleAsync(SlackRoute.Interactivity, "message_action.form");

        Assert.Equal(
            [new TextPiece("note "), new PersonPiece(new PersonId("slack", "T123ABC456", "U123ABC456"), null), new TextPiece(": "), new TextPiece("Restarting the *redis* tier")],
            slack.Desk.Said.Single().Pieces);
        Assert.Single(slack.Talk.AnsweredAt);
    }

    [Fact]
    public async Task on_a_message_notes_it_as_a_task()
    {
        await slack.SendPayloadAsync(On("note_task", "Raise the <!here> limit"));

        var said = slack.Desk.Said.Single();
        Assert.Equal([new TextPiece("note Task: "), new PersonPiece(new PersonId("slack", "T123ABC456", "U2"), null), new TextPiece(": "), new TextPiece("Raise the <!here> limit")], said.Pieces);
        Assert.Equal(("slack:cmd:h(1.2.3)", new RoomId("slack", "C9")), (said.CauseKey, said.Room));
        Assert.Equal("slack:C9:1735689600.000100", said.MadeFrom?.Key);
    }

    [Fact]
    public async Task on_a_message_starts_the_form_to_declare_from_it()
    {
        slack.Desk.Answer = A_slash_command.Ask;

        await slack.SendPayloadAsync(On("declare_from_message", "Checkout &lt;is&gt; down"));

        var said = slack.Desk.Said.Single();
        Assert.Equal([new TextPiece("declare")], said.Pieces);
        Assert.Equal(
            (new PersonId("slack", "T123ABC456", "U2"), new RoomId("slack", "C9"), "Checkout <is> down"),
            (said.Quote!.Author, said.Quote.Room, said.Quote.Draft(100)));
        Assert.Single(slack.Talk.Opened);
    }

    [Fact]
    public async Task on_a_message_said_in_confidence_names_no_room()
    {
        await slack.SendPayloadAsync(On("declare_from_message", "It burns", channel: "D9"));

        Assert.Null(slack.Desk.Said.Single().Quote!.Room);
        Assert.Null(slack.Desk.Said.Single().MadeFrom);
    }

    [Fact]
    public async Task on_a_long_message_quotes_its_beginning()
    {
        await slack.SendPayloadAsync(On("add_to_timeline", new string('x', 2499) + "🔥 and more"));

        Assert.Equal(new TextPiece(new string('x', 2499) + "…"), slack.Desk.Said.Single().Pieces[^1]);
    }

    [Fact]
    public async Task that_is_none_of_ours_is_left_alone()
    {
        await slack.SendPayloadAsync(On("dance", "It burns"));

        Assert.Empty(slack.Desk.Said);
    }

    [Fact]
    public async Task without_a_message_is_answered_in_a_window()
    {
        await slack.SendExampleAsync(SlackRoute.Interactivity, "shortcut_global.form");

        Assert.Equal("Done.", slack.Talk.Windows.Single().Summary);
    }

    private static object On(string shortcut, string text, string channel = "C9") => new
    {
        type = "message_action",
        callback_id = shortcut,
        user = new { id = "U1", team_id = "T123ABC456" },
        channel = new { id = channel },
        trigger_id = "1.2.3",
        response_url = "https://hooks.slack.com/app/1",
        message = new { type = "message", user = "U2", ts = "1735689600.000100", text },
    };

    [Fact]
    public async Task declares()
    {
        slack.Desk.Answer = A_slash_command.Ask;

        await slack.SendExampleAsync(SlackRoute.Interactivity, "shortcut_global.form");

        Assert.Single(slack.Talk.Opened);
    }
}

public class A_form
{
    private readonly DoorDriver slack = new();

    [Fact]
    public async Task comes_with_its_values()
    {
        Assert.StartsWith("view: Done.", DoorDriver.Text(await slack.SendPayloadAsync(Send())), StringComparison.Ordinal);

        var form = slack.Desk.Submitted.Single();
        Assert.Equal(("declare", new IncidentId(42), "slack:view:V1"), (form.Verb, form.Incident, form.CauseKey));
        Assert.Equal((new RoomId("slack", "C1"), "slack:C9:1735689600.000100"), (form.Room, form.MadeFrom?.Key));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["text"] = "Cache tier down",
                ["severity"] = "sev2",
                ["owner"] = "slack:T123ABC456:U2",
                ["people"] = "slack:T123ABC456:U2 slack:T123ABC456:U3",
                ["private"] = "yes",
            },
            form.Values.ToDictionary());
    }

    [Fact]
    public async Task that_needs_mending_stays_open()
    {
        slack.Desk.Answer = new Answer.Mend(ImmutableDictionary<string, string>.Empty.Add("severity", "Choose one, as in `/incident severity 2`.").Add("", "Not now.").Add("gone", "Lost."));

        Assert.Equal(
            """{"response_action":"errors","errors":{"severity":"Choose one, as in “/incident severity 2”.","text":"Not now. Lost."}}""",
            DoorDriver.Text(await slack.SendPayloadAsync(Send())));
    }

    [Fact]
    public async Task that_was_refused_stays_open()
    {
        slack.Desk.Answer = new Answer.Show(Card.Say("It's closed."), Done: false);

        Assert.Equal("""{"response_action":"errors","errors":{"text":"It's closed."}}""", DoorDriver.Text(await slack.SendPayloadAsync(Send())));
    }

    [Fact]
    public async Task that_the_store_did_not_take_keeps_what_was_typed()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");

        Assert.Contains("Not saved: the store did not answer.", DoorDriver.Text(await slack.SendPayloadAsync(Send())), StringComparison.Ordinal);
    }

    private static object Send() => new
    {
        type = "view_submission",
        user = new { id = "U1", team_id = "T123ABC456" },
        view = new
        {
            id = "V1",
            callback_id = "incident_form",
            private_metadata = """{"verb":"declare","incident":"INC-42","room":"C1","madeFrom":"slack:C9:1735689600.000100"}""",
            blocks = new object[] { new { type = "section", block_id = "intro" }, new { type = "input", block_id = "text" }, new { type = "input", block_id = "severity" } },
            state = new { values = JsonDocument.Parse("""
                {
                  "text":{"v":{"type":"plain_text_input","value":"Cache tier down"}},
                  "severity":{"v":{"type":"static_select","selected_option":{"value":"sev2"}}},
                  "owner":{"v":{"type":"users_select","selected_user":"U2"}},
                  "people":{"v":{"type":"multi_users_select","selected_users":["U2","U3"]}},
                  "private":{"v":{"type":"checkboxes","selected_options":[{"value":"yes"}]}},
                  "extra":{"v":{"type":"plain_text_input","value":null}},
                  "none":{"v":{"type":"static_select","selected_option":null}}
                }
                """).RootElement },
        },
    };
}
