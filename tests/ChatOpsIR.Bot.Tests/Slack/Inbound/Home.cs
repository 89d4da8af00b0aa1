using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_page_of_ones_own
{
    private const string Opened = """{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home","event_ts":"1735689940.002000"}""";

    private readonly DoorDriver slack = new();

    [Fact]
    public async Task is_drawn_whenever_it_is_opened()
    {
        await slack.SendEventAsync(Opened);
        Assert.Equal(200, (await slack.SendEventAsync(Opened)).Status);

        Assert.Equal([new PersonId("slack", "T123ABC456", "U1"), new PersonId("slack", "T123ABC456", "U1")], slack.Talk.Homes.Select(home => home.Person));
        Assert.Empty(slack.Desk.Recorded);
    }

    [Fact]
    public async Task is_not_drawn_for_who_opens_the_messages()
    {
        await slack.SendEventAsync(Opened.Replace("\"home\"", "\"messages\"", StringComparison.Ordinal));

        Assert.Empty(slack.Talk.Homes);
    }

    [Fact]
    public async Task that_cannot_be_drawn_fails_nothing()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");
        Assert.Equal(200, (await slack.SendEventAsync(Opened)).Status);

        slack.Desk.Trouble = null;
        slack.Talk.Trouble = _ => throw new ChatRateLimitedException(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await slack.SendEventAsync(Opened)).Status);
    }

    [Fact]
    public async Task shows_answers_in_a_window_and_is_drawn_again()
    {
        Assert.Equal(200, (await slack.SendPayloadAsync(Press())).Status);

        var said = slack.Desk.Said.Single();
        Assert.Equal(("slack:act:V7:1735689950.100000:U1", new IncidentId(42), (RoomId?)null), (said.CauseKey, said.Incident, said.Room));
        Assert.Equal("Done.", slack.Talk.Windows.Single().Summary);
        Assert.Single(slack.Talk.Homes);
    }

    [Fact]
    public async Task says_with_each_press_and_each_opening_what_it_shows()
    {
        await slack.SendPayloadAsync(Press());
        await slack.SendEventAsync(Opened.Replace("\"event_ts\"", "\"view\":{\"type\":\"home\",\"private_metadata\":\"f2\"},\"event_ts\"", StringComparison.Ordinal));
        await slack.SendEventAsync(Opened);

        Assert.Equal(["f1", "f2", null], slack.Talk.Homes.Select(home => home.Shown));
    }

    [Fact]
    public async Task is_drawn_again_after_a_form_that_was_opened_on_it()
    {
        slack.Desk.Answer = A_slash_command.Ask;
        await slack.SendPayloadAsync(Press());
        Assert.Equal("f1", slack.Talk.OpenedOn);

        slack.Desk.Answer = new Answer.Show(Card.Say("Done."), Done: true);
        Assert.StartsWith("view: Done.", DoorDriver.Text(await slack.SendPayloadAsync(Send(home: "f1"))), StringComparison.Ordinal);
        Assert.Equal((new PersonId("slack", "T123ABC456", "U1"), "f1"), Assert.Single(slack.Talk.Homes));
    }

    [Fact]
    public async Task is_left_alone_by_forms_from_elsewhere_and_by_those_that_did_nothing()
    {
        await slack.SendPayloadAsync(Send(home: null));
        slack.Desk.Answer = new Answer.Show(Card.Say("It is closed."), Done: false);
        await slack.SendPayloadAsync(Send(home: "f1"));

        Assert.Empty(slack.Talk.Homes);
    }

    [Fact]
    public async Task that_is_slow_to_be_drawn_holds_up_no_forms_answer()
    {
        slack.Talk.Trouble = _ => throw new ChatRateLimitedException(TimeSpan.FromSeconds(30));

        Assert.StartsWith("view: Done.", DoorDriver.Text(await slack.SendPayloadAsync(Send(home: ""))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task stays_as_it_is_while_nothing_was_done()
    {
        slack.Desk.Answer = new Answer.Show(Card.Say("It is closed."), Done: false);

        await slack.SendPayloadAsync(Press());

        Assert.Single(slack.Talk.Windows);
        Assert.Empty(slack.Talk.Homes);
    }

    private static object Send(string? home) => new
    {
        type = "view_submission",
        user = new { id = "U1", team_id = "T123ABC456" },
        view = new
        {
            id = "V8",
            callback_id = "incident_form",
            private_metadata = home is null ? """{"verb":"update","incident":"INC-42"}""" : $$"""{"verb":"update","incident":"INC-42","home":"{{home}}"}""",
            blocks = new[] { new { type = "input", block_id = "text" } },
            state = new { values = new { } },
        },
    };

    private static object Press() => new
    {
        type = "block_actions",
        user = new { id = "U1", team_id = "T123ABC456" },
        container = new { type = "view", view_id = "V7" },
        view = new { id = "V7", type = "home", private_metadata = "f1" },
        trigger_id = "9.8.7",
        actions = new[]
        {
            new { type = "button", action_id = "say:0", action_ts = "1735689950.100000", value = """{"incident":"INC-42","say":"accept manager"}""" },
        },
    };
}

public class A_select
{
    private readonly DoorDriver slack = new();

    [Fact]
    public async Task of_ours_offers_open_incidents()
    {
        Assert.Equal("""{"options":[INC-42]}""", DoorDriver.Text(await slack.SendPayloadAsync(Suggestion("incident_form"))));
        Assert.Equal(["cach"], slack.Desk.Asked);
    }

    [Fact]
    public async Task of_nobodys_offers_nothing()
    {
        Assert.Equal("""{"options":[]}""", DoorDriver.Text(await slack.SendExampleAsync(SlackRoute.Options, "block_suggestion.form")));
        Assert.Empty(slack.Desk.Asked);
    }

    [Fact]
    public async Task never_says_that_nothing_is_open_when_the_store_does_not_answer()
    {
        slack.Desk.Trouble = _ => throw new StoreException("down");

        Assert.Equal(503, (await slack.SendPayloadAsync(Suggestion("incident_form"))).Status);
    }

    private static object Suggestion(string form) => new
    {
        type = "block_suggestion",
        user = new { id = "U1", team_id = "T123ABC456" },
        action_id = "v",
        block_id = "incident",
        value = "cach",
        view = new { id = "V1", type = "modal", callback_id = form },
    };
}
