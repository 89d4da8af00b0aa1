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
    public async Task stays_as_it_is_while_nothing_was_done()
    {
        slack.Desk.Answer = new Answer.Show(Card.Say("It is closed."), Done: false);

        await slack.SendPayloadAsync(Press());

        Assert.Single(slack.Talk.Windows);
        Assert.Empty(slack.Talk.Homes);
    }

    private static object Press() => new
    {
        type = "block_actions",
        user = new { id = "U1", team_id = "T123ABC456" },
        container = new { type = "view", view_id = "V7" },
        view = new { id = "V7", type = "home" },
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
