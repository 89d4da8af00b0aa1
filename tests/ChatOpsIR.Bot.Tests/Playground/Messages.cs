using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Playground;

public class Posting
{
    private readonly Playing play = new();

    private string? Refusal(string blocks) => play.Error("chat.postMessage", new JsonObject { ["channel"] = play.Channel("incidents"), ["text"] = "x", ["blocks"] = JsonNode.Parse(blocks) });

    [Fact]
    public void needs_something_to_say() => Assert.Equal("no_text", play.Error("chat.postMessage", new JsonObject { ["channel"] = play.Channel("incidents") }));

    [Theory]
    [InlineData("""[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]""")]
    [InlineData("""[{"type":"section"}]""")]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":""}}]""")]
    [InlineData("""[{"type":"nonsense"}]""")]
    [InlineData("""[{"type":"actions","elements":[]}]""")]
    [InlineData("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""")]
    public void refuses_blocks_that_are_wrong(string blocks) => Assert.Equal("invalid_blocks", Refusal(blocks));

    [Theory]
    [InlineData(150, null)]
    [InlineData(151, "invalid_blocks")]
    public void counts_a_header_in_code_points(int length, string? error)
    {
        var flames = string.Concat(Enumerable.Repeat("🔥", length));
        Assert.Equal(error, Refusal(new JsonArray(new JsonObject
        {
            ["type"] = "header",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = flames },
        }).ToJsonString()));
    }

    [Fact]
    public void takes_fifty_blocks_and_no_more()
    {
        string Dividers(int count) => new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)new JsonObject { ["type"] = "divider" })]).ToJsonString();
        Assert.Null(Refusal(Dividers(50)));
        Assert.Equal("invalid_blocks", Refusal(Dividers(51)));
    }

    [Fact]
    public void takes_blocks_as_text_in_a_form() =>
        Assert.True((bool)play.Response("chat.postMessage", new JsonObject { ["channel"] = play.Channel("incidents"), ["blocks"] = "[{\"type\":\"divider\"}]" }).Json()["ok"]!);

    [Fact]
    public void refuses_long_updates_and_messages_of_others()
    {
        var channel = play.Channel("incidents");
        var own = play.Post(channel);
        var other = play.Say("mara", "incidents", "hi");
        JsonObject Update(string ts, string text) => new() { ["channel"] = channel, ["ts"] = ts, ["text"] = text };
        Assert.Equal("msg_too_long", play.Error("chat.update", Update(own, new string('x', 4_001))));
        Assert.Equal("cant_update_message", play.Error("chat.update", Update(other, "x")));
        Assert.Equal("message_not_found", play.Error("chat.update", Update("1735689600.999999", "x")));
    }

    [Fact]
    public void escapes_what_people_type_and_finds_whom_they_mean()
    {
        play.Say("mara", "incidents", "@Idris Okafor & @noa <!channel> see #general, @nobody");
        var text = play.Workspace.Look().Channel("incidents")!.Messages[^1].Text;
        Assert.Equal($"<@{play.Id("idris")}> &amp; <@{play.Id("noa")}> &lt;!channel&gt; see <#{play.Channel("general")}|general>, @nobody", text);
    }
}

public class History
{
    private readonly Playing play = new();
    private readonly string room;

    public History() => room = play.WarRoom();

    private JsonArray Read(JsonObject? more = null)
    {
        var arguments = new JsonObject { ["channel"] = room };
        foreach (var (name, value) in more ?? [])
        {
            arguments[name] = value?.DeepClone();
        }

        return play.Ok("conversations.history", arguments)["messages"]!.AsArray();
    }

    private static IEnumerable<string?> Texts(JsonArray messages) => messages.Select(message => (string?)message!["text"]);

    [Fact]
    public void is_newest_first_and_has_no_replies_but_broadcasts()
    {
        var parent = play.Post(room, "one");
        play.Post(room, "reply", parent);
        play.Ok("chat.postMessage", new JsonObject { ["channel"] = room, ["text"] = "loud", ["thread_ts"] = parent, ["reply_broadcast"] = true });
        Assert.Equal(["loud", "one"], Texts(Read()).Take(2));
        var shown = Read()[1]!;
        Assert.Equal((2, 1), ((int)shown["reply_count"]!, (int)shown["reply_users_count"]!));
        Assert.Equal((string?)Read()[0]!["ts"], (string?)shown["latest_reply"]);
    }

    [Fact]
    public void excludes_its_bounds_unless_inclusive()
    {
        var one = play.Post(room, "one");
        play.Post(room, "two");
        var three = play.Post(room, "three");
        Assert.Equal(["two"], Texts(Read(new JsonObject { ["oldest"] = one, ["latest"] = three })));
        Assert.Equal(["three", "two", "one"], Texts(Read(new JsonObject { ["oldest"] = one, ["latest"] = three, ["inclusive"] = "true" })));
        Assert.Equal(["one"], Texts(Read(new JsonObject { ["latest"] = one, ["inclusive"] = "1", ["limit"] = "1" })));
    }

    [Fact]
    public void goes_on_by_cursor_although_the_last_message_was_deleted()
    {
        string[] posted = [.. Enumerable.Range(0, 5).Select(number => play.Post(room, $"{number}"))];
        var first = play.Ok("conversations.history", new JsonObject { ["channel"] = room, ["limit"] = "2" });
        Assert.True((bool)first["has_more"]!);
        play.Ok("chat.delete", new JsonObject { ["channel"] = room, ["ts"] = posted[3] });
        var cursor = (string)first["response_metadata"]!["next_cursor"]!;
        Assert.EndsWith("=", cursor, StringComparison.Ordinal);
        var second = play.Ok("conversations.history", new JsonObject { ["channel"] = room, ["limit"] = "2", ["cursor"] = cursor });
        Assert.Equal(["2", "1"], Texts(second["messages"]!.AsArray()));
        Assert.Equal("invalid_cursor", play.Error("conversations.history", new JsonObject { ["channel"] = room, ["cursor"] = "???" }));
    }

    [Fact]
    public void hides_the_payload_of_metadata_unless_asked()
    {
        play.Ok("chat.postMessage", new JsonObject
        {
            ["channel"] = room,
            ["text"] = "x",
            ["metadata"] = new JsonObject { ["event_type"] = "entry", ["event_payload"] = new JsonObject { ["idem"] = "1" } },
        });
        Assert.Null(Read()[0]!["metadata"]!["event_payload"]);
        Assert.Equal("1", (string?)Read(new JsonObject { ["include_all_metadata"] = "true" })[0]!["metadata"]!["event_payload"]!["idem"]);
    }

    [Fact]
    public void of_a_thread_puts_the_parent_first_on_every_page()
    {
        var parent = play.Post(room, "parent");
        play.Post(room, "a", parent);
        play.Post(room, "b", parent);
        var first = play.Ok("conversations.replies", new JsonObject { ["channel"] = room, ["ts"] = parent, ["limit"] = "1" });
        Assert.Equal(["parent", "a"], Texts(first["messages"]!.AsArray()));
        var second = play.Ok("conversations.replies", new JsonObject
        {
            ["channel"] = room,
            ["ts"] = parent,
            ["limit"] = "1",
            ["cursor"] = (string?)first["response_metadata"]!["next_cursor"],
        });
        Assert.Equal(["parent", "b"], Texts(second["messages"]!.AsArray()));
    }

    [Fact]
    public void of_an_ephemeral_message_does_not_exist()
    {
        play.Ok("conversations.invite", new JsonObject { ["channel"] = room, ["users"] = play.Id("mara") });
        play.Ok("chat.postEphemeral", new JsonObject { ["channel"] = room, ["user"] = play.Id("mara"), ["text"] = "psst" });
        Assert.DoesNotContain("psst", Texts(Read()));
        Assert.Equal("user_not_in_channel", play.Error("chat.postEphemeral", new JsonObject { ["channel"] = room, ["user"] = play.Id("priya"), ["text"] = "psst" }));
    }
}

public class Calling_the_web_api
{
    [Fact]
    public void needs_a_token_a_known_method_and_a_scope()
    {
        var play = new Playing(settings => settings with { BotScopes = ["chat:write"] });
        Assert.Equal("not_authed", (string?)play.Response("auth.test", token: null).Json()["error"]);
        Assert.Equal("invalid_auth", (string?)play.Response("auth.test", token: "xoxb-other").Json()["error"]);
        Assert.Equal("unknown_method", play.Error("chat.shout"));
        var refused = play.Call("conversations.create", new JsonObject { ["name"] = "inc-1" });
        Assert.Equal(("missing_scope", "channels:manage", "chat:write"), ((string?)refused["error"], (string?)refused["needed"], (string?)refused["provided"]));
        Assert.Equal("chat:write", play.Response("auth.test").Headers["x-oauth-scopes"]);
    }

    [Fact]
    public void ignores_a_json_body_where_only_forms_are_read() =>
        Assert.Equal("invalid_arguments", (string?)new Playing().Response("users.info", new JsonObject { ["user"] = "U1" }, fromJson: true).Json()["error"]);

    [Fact]
    public void is_limited_for_each_method_and_each_channel_and_says_when_to_come_back()
    {
        var play = new Playing(settings => settings with { RateLimits = true });
        var channel = play.Channel("incidents");
        var posts = Enumerable.Range(0, 11).Select(_ => play.Response("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "x" })).ToList();
        Assert.All(posts[..10], post => Assert.Equal(200, post.Status));
        Assert.Equal((429, "1", "ratelimited"), (posts[10].Status, posts[10].Headers["Retry-After"], (string?)posts[10].Json()["error"]));
        play.Post(play.Channel("general"));
        play.Clock.Advance(TimeSpan.FromSeconds(1));
        play.Post(channel);
    }

    [Fact]
    public void finds_people_by_mail()
    {
        var play = new Playing();
        Assert.Equal(play.Id("mara"), (string?)play.Ok("users.lookupByEmail", new JsonObject { ["email"] = "mara@fernhill.example" })["user"]!["id"]);
        Assert.Equal("users_not_found", play.Error("users.lookupByEmail", new JsonObject { ["email"] = "x@fernhill.example" }));
    }

    [Fact]
    public void opens_one_conversation_with_a_person()
    {
        var play = new Playing();
        var first = (string?)play.Ok("conversations.open", new JsonObject { ["users"] = play.Id("mara") })["channel"]!["id"];
        var again = play.Ok("conversations.open", new JsonObject { ["users"] = play.Id("mara") });
        Assert.Equal((first, true), ((string?)again["channel"]!["id"], (bool)again["already_open"]!));
    }

    [Fact]
    public void makes_the_same_ids_from_the_same_acts()
    {
        string Run()
        {
            var play = new Playing();
            var room = play.WarRoom();
            play.Say("mara", "incidents", "x");
            play.Act("mara", "command", new JsonObject { ["channel"] = "payments", ["text"] = "/incident" });
            return room + string.Join('\n', play.Workspace.TakeDeliveries().Select(delivery => System.Text.Encoding.UTF8.GetString(delivery.Body)));
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void says_what_is_already_so()
    {
        var play = new Playing();
        var channel = play.Channel("incidents");
        var item = new JsonObject { ["channel"] = channel, ["timestamp"] = play.Post(channel), ["name"] = "eyes" };
        play.Ok("pins.add", item);
        Assert.Equal("already_pinned", play.Error("pins.add", item));
        play.Ok("pins.remove", item);
        Assert.Equal("not_pinned", play.Error("pins.remove", item));
        play.Ok("reactions.add", item);
        Assert.Equal("already_reacted", play.Error("reactions.add", item));
        play.Ok("reactions.remove", item);
        Assert.Equal("no_reaction", play.Error("reactions.remove", item));
    }
}
