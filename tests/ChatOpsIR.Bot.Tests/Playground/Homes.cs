using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Playground;

public class An_app_home
{
    private const string View = """
        {"type":"home","blocks":[{"type":"actions","block_id":"b","elements":[
          {"type":"button","action_id":"open","text":{"type":"plain_text","text":"Open INC-1"},"value":"INC-1"}]}]}
        """;

    private readonly Playing play = new();

    private JsonObject Publish(string who, string? hash = null, string view = View)
    {
        var arguments = new JsonObject { ["user_id"] = play.Id(who), ["view"] = JsonNode.Parse(view) };
        if (hash is not null)
        {
            arguments["hash"] = hash;
        }

        return play.Call("views.publish", arguments);
    }

    [Fact]
    public void tells_the_app_whenever_somebody_looks()
    {
        Assert.True(play.Act("mara", "home").Ok);
        var told = Assert.Single(play.Events());
        Assert.Equal(("app_home_opened", "home", play.Id("mara")), ((string?)told["type"], (string?)told["tab"], (string?)told["user"]));
        Assert.StartsWith("D", (string?)told["channel"], StringComparison.Ordinal);
        Assert.False(told.ContainsKey("view"));

        Publish("mara");
        play.Act("mara", "home");
        Assert.Equal("home", (string?)Assert.Single(play.Events())["view"]!["type"]);
    }

    [Fact]
    public void is_one_for_each_person_and_knows_when_it_was_overtaken()
    {
        var first = Publish("mara")["view"]!;
        Assert.NotEqual((string?)first["id"], (string?)Publish("idris")["view"]!["id"]);
        var second = Publish("mara", (string?)first["hash"])["view"]!;
        Assert.Equal((string?)first["id"], (string?)second["id"]);
        Assert.Equal("hash_conflict", (string?)Publish("mara", (string?)first["hash"])["error"]);
        Assert.Equal("invalid_arguments", (string?)Publish("mara", view: View.Replace("home", "modal", StringComparison.Ordinal))["error"]);
    }

    [Fact]
    public void sends_its_buttons_with_the_view_and_without_a_response_url()
    {
        var id = (string?)Publish("mara")["view"]!["id"];
        var payload = Playing.Payload(play.Act("mara", "press", new JsonObject { ["view"] = id, ["action_id"] = "open" }).Delivery!);
        Assert.Equal(("view", id), ((string?)payload["container"]!["type"], (string?)payload["container"]!["view_id"]));
        Assert.Equal("home", (string?)payload["view"]!["type"]);
        Assert.False(payload.ContainsKey("response_url"));
        Assert.Equal("view_not_found", play.Act("idris", "press", new JsonObject { ["view"] = id, ["action_id"] = "open" }).Error);
    }
}

public class A_shortcut
{
    private readonly Playing play = new();

    [Theory]
    [InlineData("add_to_timeline")]
    [InlineData("declare_from_message")]
    [InlineData("note_task")]
    public void at_a_message_brings_the_message_along(string callback)
    {
        var ts = play.Say("mara", "incidents", "Restarting");
        var payload = Playing.Payload(play.Act("idris", "message-shortcut", new JsonObject { ["channel"] = "incidents", ["ts"] = ts, ["callback_id"] = callback }).Delivery!);
        Assert.Equal(
            "action_ts callback_id channel enterprise is_enterprise_install message message_ts response_url team token trigger_id type user",
            string.Join(' ', payload.Select(pair => pair.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(("message_action", callback, "Restarting"), ((string?)payload["type"], (string?)payload["callback_id"], (string?)payload["message"]!["text"]));
    }

    [Fact]
    public void of_the_workspace_knows_no_channel()
    {
        var payload = Playing.Payload(play.Act("idris", "shortcut", new JsonObject { ["callback_id"] = "declare_incident" }).Delivery!);
        Assert.Equal(
            "action_ts callback_id enterprise is_enterprise_install team token trigger_id type user",
            string.Join(' ', payload.Select(pair => pair.Key).Order(StringComparer.Ordinal)));
    }
}
