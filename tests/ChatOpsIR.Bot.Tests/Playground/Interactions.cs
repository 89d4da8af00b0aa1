using System.Text.Json.Nodes;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Playground;

public class A_slash_command
{
    private readonly Playing play = new();

    private Delivery Type(string text)
    {
        var result = play.Act("mara", "message", new JsonObject { ["channel"] = "payments", ["text"] = text });
        return Assert.IsType<Delivery>(result.Delivery);
    }

    private string Whisper() => Assert.Single(play.Workspace.Look().Ephemerals).Text;

    [Fact]
    public void carries_the_fields_of_a_command_and_escapes_what_was_typed()
    {
        var delivery = Type("/incident declare “cache down” @idris in #platform & https://status.fernhill.example <!channel>");
        var form = Playing.Form(delivery);
        Assert.Equal(
            "api_app_id channel_id channel_name command is_enterprise_install response_url team_domain team_id text token trigger_id user_id user_name",
            string.Join(' ', form.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(
            $"declare “cache down” <@{play.Id("idris")}|idris> in <#{play.Channel("platform")}|platform> &amp; <https://status.fernhill.example> &lt;!channel&gt;",
            form["text"]);
        Assert.Equal(("/slack/commands", "payments", "mara"), (delivery.Path, form["channel_name"], form["user_name"]));
    }

    [Fact]
    public void is_no_message_and_no_event()
    {
        Type("/incident status");
        Assert.Empty(play.Events());
        Assert.Empty(play.Workspace.Look().Channel("payments")!.Messages);
    }

    [Fact]
    public void shows_its_answer_to_the_one_who_typed_it()
    {
        play.Workspace.Answer(Type("/incident"), Playing.Answer("""{"response_type":"ephemeral","text":"Declared"}"""));
        Assert.Equal("Declared", Whisper());
        Assert.Empty(play.Workspace.Look().Channel("payments")!.Messages);
    }

    [Fact]
    public void shows_plain_text_too() => Assert.Equal("done", AnswerShown(Playing.Answer("done", "text/plain")));

    [Fact]
    public void says_that_the_app_was_too_late() => Assert.Contains("operation_timeout", AnswerShown(BotAnswer.Nothing), StringComparison.Ordinal);

    [Fact]
    public void says_that_the_app_failed() => Assert.Contains("dispatch_failed", AnswerShown(Playing.Answer(status: 500)), StringComparison.Ordinal);

    [Fact]
    public void that_is_not_installed_is_refused_by_the_workspace_itself()
    {
        Assert.Equal("not_a_command", play.Act("mara", "message", new JsonObject { ["channel"] = "payments", ["text"] = "/deploy now" }).Error);
        Assert.Empty(play.Workspace.TakeDeliveries());
    }

    [Fact]
    public void does_not_work_in_threads()
    {
        var ts = play.Say("mara", "payments", "x");
        var result = play.Act("mara", "message", new JsonObject { ["channel"] = "payments", ["text"] = "/incident", ["thread_ts"] = ts });
        Assert.Null(result.Delivery);
    }

    private string AnswerShown(BotAnswer answer)
    {
        play.Workspace.Answer(Type("/incident"), answer);
        return Whisper();
    }
}

public class A_response_url
{
    private readonly Playing play = new();
    private readonly string id;

    public A_response_url()
    {
        var delivery = play.Act("mara", "command", new JsonObject { ["channel"] = "payments", ["text"] = "/incident" }).Delivery!;
        id = Playing.Form(delivery)["response_url"].Split('/')[^1];
    }

    private (int, string) Respond(JsonObject message) => play.Workspace.Respond(id, message);

    [Fact]
    public void whispers_unless_told_otherwise()
    {
        Assert.Equal((200, "ok"), Respond(new JsonObject { ["text"] = "psst" }));
        Assert.Equal("psst", Assert.Single(play.Workspace.Look().Ephemerals).Text);
    }

    [Fact]
    public void posts_to_a_channel_that_the_bot_is_not_in()
    {
        Respond(new JsonObject { ["text"] = "all", ["response_type"] = "in_channel" });
        Assert.True(Assert.Single(play.Workspace.Look().Channel("payments")!.Messages).FromBot);
    }

    [Fact]
    public void serves_five_times()
    {
        for (var count = 0; count < 5; count++)
        {
            Respond(new JsonObject { ["text"] = "x" });
        }

        Assert.Equal((404, "used_url"), Respond(new JsonObject { ["text"] = "x" }));
    }

    [Fact]
    public void serves_half_an_hour()
    {
        play.Clock.Advance(TimeSpan.FromMinutes(30.1));
        Assert.Equal((404, "expired_url"), Respond(new JsonObject { ["text"] = "x" }));
    }
}

public class A_button
{
    private readonly Playing play = new();
    private readonly string room;
    private readonly string ts;

    public A_button()
    {
        room = play.WarRoom();
        play.Ok("conversations.invite", new JsonObject { ["channel"] = room, ["users"] = play.Id("mara") });
        ts = (string)play.Ok("chat.postMessage", new JsonObject
        {
            ["channel"] = room,
            ["text"] = "card",
            ["blocks"] = JsonNode.Parse("""
                [{"type":"actions","block_id":"b","elements":[
                  {"type":"button","action_id":"ack","text":{"type":"plain_text","text":"Ack"},"value":"1","style":"primary"},
                  {"type":"static_select","action_id":"sev","options":[{"text":{"type":"plain_text","text":"SEV1"},"value":"1"}]}]}]
                """),
        })["ts"]!;
        play.Workspace.TakeDeliveries();
    }

    private Delivery Press(string action, string? value = null) =>
        play.Act("mara", "press", new JsonObject { ["channel"] = room, ["ts"] = ts, ["action_id"] = action, ["value"] = value }).Delivery!;

    [Fact]
    public void sends_block_actions_with_the_message()
    {
        var payload = Playing.Payload(Press("ack"));
        Assert.Equal(
            "actions api_app_id channel container enterprise is_enterprise_install message response_url state team token trigger_id type user",
            string.Join(' ', payload.Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        Assert.Equal("action_id action_ts block_id style text type value", string.Join(' ', payload["actions"]![0]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        Assert.False((bool)payload["container"]!["is_ephemeral"]!);
    }

    [Fact]
    public void beside_a_select_sends_the_whole_option() =>
        Assert.Equal("SEV1", (string?)Playing.Payload(Press("sev", "1"))["actions"]![0]!["selected_option"]!["text"]!["text"]);

    [Fact]
    public void lets_its_answer_replace_the_message()
    {
        var url = (string)Playing.Payload(Press("ack"))["response_url"]!;
        play.Workspace.Respond(url.Split('/')[^1], new JsonObject { ["replace_original"] = true, ["text"] = "done" });
        Assert.Equal("done", play.Workspace.Look().Channel(room)!.Messages.Single(message => message.Ts == ts).Text);
    }

    [Fact]
    public void in_a_message_that_only_one_person_sees_sends_no_message_and_can_take_it_away()
    {
        play.Ok("chat.postEphemeral", new JsonObject
        {
            ["channel"] = room,
            ["user"] = play.Id("mara"),
            ["text"] = "psst",
            ["blocks"] = JsonNode.Parse("""[{"type":"actions","elements":[{"type":"button","action_id":"no","text":{"type":"plain_text","text":"Dismiss"}}]}]"""),
        });
        var seen = Assert.Single(play.Workspace.Look().Ephemerals);
        var pressed = play.Act("mara", "press", new JsonObject { ["channel"] = room, ["ts"] = seen.Ts, ["action_id"] = "no" });
        var payload = Playing.Payload(pressed.Delivery!);
        Assert.True((bool)payload["container"]!["is_ephemeral"]!);
        Assert.False(payload.ContainsKey("message"));
        play.Workspace.Respond(((string)payload["response_url"]!).Split('/')[^1], new JsonObject { ["delete_original"] = true });
        Assert.Empty(play.Workspace.Look().Ephemerals);
    }

    [Fact]
    public void that_was_drawn_anew_meanwhile_is_found_by_its_action()
    {
        var id = (string)play.Workspace.Look().Channel(room)!.Messages.Single(message => message.Ts == ts).Blocks![0]!["block_id"]!;
        Assert.Null(play.Act("mara", "press", new JsonObject { ["channel"] = room, ["ts"] = ts, ["block_id"] = $"{id}-before", ["action_id"] = "ack", ["value"] = "1" }).Error);
    }

    [Fact]
    public void that_is_not_there_cannot_be_pressed() =>
        Assert.Equal("element_not_found", play.Act("mara", "press", new JsonObject { ["channel"] = room, ["ts"] = ts, ["action_id"] = "nope" }).Error);
}

public class A_form
{
    private const string View = """
        {"type":"modal","callback_id":"declare","notify_on_close":true,"private_metadata":"C1","title":{"type":"plain_text","text":"Declare"},
         "submit":{"type":"plain_text","text":"Go"},"blocks":[
          {"type":"input","block_id":"title","label":{"type":"plain_text","text":"Title"},"element":{"type":"plain_text_input","action_id":"v"}},
          {"type":"input","block_id":"sev","optional":true,"label":{"type":"plain_text","text":"Sev"},"element":{"type":"static_select","action_id":"v",
            "options":[{"text":{"type":"plain_text","text":"SEV2"},"value":"2"}]}},
          {"type":"input","block_id":"who","optional":true,"label":{"type":"plain_text","text":"Who"},"element":{"type":"multi_users_select","action_id":"v"}},
          {"type":"input","block_id":"when","optional":true,"label":{"type":"plain_text","text":"When"},"element":{"type":"datetimepicker","action_id":"v"}}]}
        """;

    private readonly Playing play = new();

    private string Trigger() => (string)Playing.Payload(play.Act("mara", "shortcut", new JsonObject { ["callback_id"] = "declare" }).Delivery!)["trigger_id"]!;

    private JsonObject Open(string trigger, string view = View) => play.Call("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = JsonNode.Parse(view) });

    private Delivery Submit(string title) => play.Act("mara", "submit", new JsonObject
    {
        ["values"] = new JsonObject { ["title"] = new JsonObject { ["v"] = title }, ["sev"] = new JsonObject { ["v"] = "2" } },
    }).Delivery!;

    private FormView? Shown() => play.Workspace.Look().Forms is [.., var top] ? top : null;

    [Fact]
    public void opens_once_for_each_trigger_and_within_three_seconds()
    {
        var trigger = Trigger();
        Assert.True((bool)Open(trigger)["ok"]!);
        Assert.Equal("exchanged_trigger_id", (string?)Open(trigger)["error"]);
        var late = Trigger();
        play.Clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal("expired_trigger_id", (string?)Open(late)["error"]);
        Assert.Equal("invalid_trigger_id", (string?)Open("1.2.3")["error"]);
    }

    [Fact]
    public void sends_typed_values()
    {
        Open(Trigger());
        var payload = Playing.Payload(Submit("Cache down"));
        var values = payload["view"]!["state"]!["values"]!;
        Assert.Equal("Cache down", (string?)values["title"]!["v"]!["value"]);
        Assert.Equal("2", (string?)values["sev"]!["v"]!["selected_option"]!["value"]);
        Assert.Empty(values["who"]!["v"]!["selected_users"]!.AsArray());
        Assert.True(values["when"]!["v"]!.AsObject().ContainsKey("selected_date_time"));
        Assert.Equal(
            "app_id app_installed_team_id blocks bot_id callback_id clear_on_close close external_id hash id notify_on_close previous_view_id "
            + "private_metadata root_view_id state submit team_id title type",
            string.Join(' ', payload["view"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(
            "api_app_id enterprise is_enterprise_install response_urls team token trigger_id type user view",
            string.Join(' ', payload.Select(pair => pair.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void asks_for_required_fields_without_asking_the_app()
    {
        Open(Trigger());
        play.Workspace.TakeDeliveries();
        Assert.Equal("form_incomplete", play.Act("mara", "submit", new JsonObject { ["values"] = new JsonObject() }).Error);
        Assert.Empty(play.Workspace.TakeDeliveries());
    }

    [Fact]
    public void closes_when_the_answer_is_empty()
    {
        Open(Trigger());
        play.Workspace.Answer(Submit("x"), Playing.Answer());
        Assert.Null(Shown());
    }

    [Fact]
    public void shows_errors_under_the_fields_they_name()
    {
        Open(Trigger());
        play.Workspace.Answer(Submit("x"), Playing.Answer("""{"response_action":"errors","errors":{"title":"Too short."}}"""));
        Assert.Equal("Too short.", Shown()!.Errors["title"]);
        Assert.Equal("x", (string?)Shown()!.Values["title"]!["v"]!["value"]);
    }

    [Fact]
    public void is_in_trouble_when_an_error_names_no_field()
    {
        Open(Trigger());
        Assert.Equal("invalid_errors", play.Workspace.Answer(Submit("x"), Playing.Answer("""{"response_action":"errors","errors":{"nope":"?"}}""")).Error);
        Assert.NotNull(Shown());
    }

    [Fact]
    public void stays_open_when_the_app_does_not_answer()
    {
        Open(Trigger());
        Assert.Equal("operation_timeout", play.Workspace.Answer(Submit("x"), BotAnswer.Nothing).Error);
        Assert.NotNull(Shown());
    }

    [Fact]
    public void is_updated_or_pushed_upon_by_an_answer_and_holds_three_at_most()
    {
        Open(Trigger());
        play.Workspace.Answer(Submit("x"), Playing.Answer($$"""{"response_action":"update","view":{{View}}}"""));
        Assert.Single(play.Workspace.Look().Forms);
        play.Workspace.Answer(Submit("x"), Playing.Answer($$"""{"response_action":"push","view":{{View}}}"""));
        play.Workspace.Answer(Submit("x"), Playing.Answer($$"""{"response_action":"push","view":{{View}}}"""));
        Assert.Equal(3, play.Workspace.Look().Forms.Count);
        Assert.Equal("push_limit_reached", play.Workspace.Answer(Submit("x"), Playing.Answer($$"""{"response_action":"push","view":{{View}}}""")).Error);
        play.Workspace.Answer(Submit("x"), Playing.Answer("""{"response_action":"clear"}"""));
        Assert.Null(Shown());
    }

    [Fact]
    public void refuses_a_stale_hash()
    {
        var opened = Open(Trigger())["view"]!;
        JsonObject Update() => play.Call("views.update", new JsonObject { ["view_id"] = (string?)opened["id"], ["hash"] = (string?)opened["hash"], ["view"] = JsonNode.Parse(View) });
        Assert.True((bool)Update()["ok"]!);
        Assert.Equal("hash_conflict", (string?)Update()["error"]);
    }

    [Fact]
    public void tells_of_its_closing_when_asked_to()
    {
        Open(Trigger());
        var payload = Playing.Payload(play.Act("mara", "close", new JsonObject { ["all"] = true }).Delivery!);
        Assert.Equal(("view_closed", true), ((string?)payload["type"], (bool)payload["is_cleared"]!));
        Assert.Null(Shown());
    }

    [Theory]
    [InlineData("title", "a title of more than 24 letters")]
    [InlineData("submit", "a submit of more than 24 letters")]
    public void refuses_long_words(string name, string words) =>
        Assert.Equal("invalid_arguments", (string?)Open(Trigger(), Changed(name, new JsonObject { ["type"] = "plain_text", ["text"] = words }))["error"]);

    [Fact]
    public void refuses_metadata_over_three_thousand() =>
        Assert.Equal("invalid_arguments", (string?)Open(Trigger(), Changed("private_metadata", new string('x', 3_001)))["error"]);

    [Fact]
    public void asks_the_app_for_suggestions_and_takes_a_hundred_at_most()
    {
        Open(Trigger(), """
            {"type":"modal","title":{"type":"plain_text","text":"Declare"},"submit":{"type":"plain_text","text":"Go"},"blocks":[
              {"type":"input","block_id":"service","label":{"type":"plain_text","text":"Service"},"element":{"type":"external_select","action_id":"v"}}]}
            """);
        var asked = play.Act("mara", "suggest", new JsonObject { ["block_id"] = "service", ["action_id"] = "v", ["value"] = "cach" }).Delivery!;
        var payload = Playing.Payload(asked);
        Assert.Equal("/slack/options", asked.Path);
        Assert.Equal(
            "action_id api_app_id block_id container enterprise is_enterprise_install team token type user value view",
            string.Join(' ', payload.Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        string Options(int count) => new JsonObject
        {
            ["options"] = new JsonArray([.. Enumerable.Range(0, count).Select(number => (JsonNode)new JsonObject
            {
                ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = $"cache {number}" },
                ["value"] = $"{number}",
            })]),
        }.ToJsonString();
        Assert.Equal(100, play.Workspace.Answer(asked, Playing.Answer(Options(100))).Data["options"]!.AsArray().Count);
        Assert.Equal("invalid_options", play.Workspace.Answer(asked, Playing.Answer(Options(101))).Error);
    }

    private static string Changed(string name, JsonNode value)
    {
        var view = JsonNode.Parse(View)!.AsObject();
        view[name] = value;
        return view.ToJsonString();
    }
}
