using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>Slack's published samples are masked: they show every field that ever occurred, and its kind, but no values. So a reply may leave a
/// field out, and may neither invent one nor give it another kind.</summary>
public class A_reply
{
    private static readonly JsonObject Form = new()
    {
        ["type"] = "modal",
        ["callback_id"] = "declare",
        ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Declare" },
        ["blocks"] = new JsonArray(),
    };

    /// <summary>Documented, though no message behind the samples was pinned and no pin was a message.</summary>
    private static readonly HashSet<string> Documented = ["/messages[]/pinned_to", "/messages[]/pinned_info", "/items[]/channel", "/items[]/message"];

    private readonly Playing play = new();
    private readonly string room;
    private readonly string ts;

    public A_reply()
    {
        room = play.WarRoom();
        play.Ok("conversations.invite", With(("users", play.Id("mara"))));
        ts = play.Post(room);
        play.Post(room, "reply", ts);
        play.Act("mara", "react", With(("ts", ts), ("name", "eyes")));
        play.Ok("chat.update", With(("ts", ts), ("text", "changed")));
    }

    public static TheoryData<string> Methods => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "TestData", "slack", "api");

    [Theory]
    [MemberData(nameof(Methods))]
    public void has_the_fields_and_kinds_of_slacks_own(string method)
    {
        var sample = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{method}.json"))).RootElement;
        var reply = Reply(method);
        Assert.True(reply["ok"]!.GetValue<bool>(), reply.ToJsonString());
        Assert.Empty(Strange(JsonDocument.Parse(reply.ToJsonString()).RootElement, sample, ""));
    }

    private JsonObject Reply(string method) => method switch
    {
        "bookmarks.add" => play.Call(method, Bookmark()),
        "bookmarks.list" => After("bookmarks.add", Bookmark(), method, new JsonObject { ["channel_id"] = room }),
        "chat.getPermalink" => play.Call(method, With(("message_ts", ts))),
        "chat.postEphemeral" => play.Call(method, With(("user", play.Id("mara")), ("text", "hello"))),
        "chat.postMessage" => play.Call(method, With(("text", "hello"), ("thread_ts", ts))),
        "chat.update" => play.Call(method, With(("ts", ts), ("text", "other"))),
        "chat.delete" or "conversations.replies" => play.Call(method, With(("ts", ts))),
        "conversations.create" or "conversations.rename" => play.Call(method, With(("name", "inc-2"))),
        "conversations.history" => After("pins.add", With(("timestamp", ts)), method, With()),
        "conversations.info" => play.Call(method, With(("include_num_members", "true"))),
        "conversations.invite" => play.Call(method, With(("users", play.Id("idris")))),
        "conversations.join" => play.Call(method, new JsonObject { ["channel"] = play.Channel("payments") }),
        "conversations.kick" => play.Call(method, With(("user", play.Id("mara")))),
        "conversations.open" => play.Call(method, new JsonObject { ["users"] = play.Id("mara"), ["return_im"] = "true" }),
        "conversations.setTopic" => play.Call(method, With(("topic", "SEV1"))),
        "conversations.setPurpose" => play.Call(method, With(("purpose", "Search is slow"))),
        "files.info" => play.Call(method, new JsonObject { ["file"] = Shared() }),
        "pins.add" => play.Call(method, With(("timestamp", ts))),
        "pins.list" or "pins.remove" => After("pins.add", With(("timestamp", ts)), method, With(("timestamp", ts))),
        "reactions.add" => play.Call(method, With(("timestamp", ts), ("name", "tada"))),
        "reactions.remove" => After("reactions.add", With(("timestamp", ts), ("name", "tada")), method, With(("timestamp", ts), ("name", "tada"))),
        "users.info" => play.Call(method, new JsonObject { ["user"] = play.Id("mara") }),
        "users.lookupByEmail" => play.Call(method, new JsonObject { ["email"] = play.Workspace.Look().Person("mara")!.Email }),
        "views.open" => play.Call(method, View(Trigger())),
        "views.push" => After("views.open", View(Trigger()), method, View(Trigger())),
        "views.update" => play.Call(method, new JsonObject { ["view_id"] = Opened(), ["view"] = Form.DeepClone() }),
        "views.publish" => play.Call(method, new JsonObject { ["user_id"] = play.Id("mara"), ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray() } }),
        _ => play.Call(method, With()),
    };

    private JsonObject After(string first, JsonObject arguments, string method, JsonObject more)
    {
        play.Ok(first, arguments);
        return play.Call(method, more);
    }

    private JsonObject With(params (string Name, string Value)[] more)
    {
        var arguments = new JsonObject { ["channel"] = room };
        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private JsonObject Bookmark() => new() { ["channel_id"] = room, ["title"] = "Timeline", ["type"] = "link", ["link"] = "https://example.com/" };

    private static JsonObject View(string trigger) => new() { ["trigger_id"] = trigger, ["view"] = Form.DeepClone() };

    private string Trigger() => Playing.Form(play.Act("mara", "command", new JsonObject { ["channel"] = room, ["text"] = "/incident" }).Delivery!)["trigger_id"];

    private string Opened() => (string)play.Ok("views.open", View(Trigger()))["view"]!["id"]!;

    private string Shared()
    {
        play.Act("mara", "message", new JsonObject
        {
            ["channel"] = room, ["text"] = "graph", ["files"] = new JsonArray(new JsonObject { ["name"] = "latency.png", ["mimetype"] = "image/png", ["size"] = 48213 }),
        });
        return (string)play.Workspace.Look().Channel(room)!.Messages[^1].Files![0]!["id"]!;
    }

    private static string[] Unknown(string field) => Documented.Contains(field) ? [] : [$"{field} is unknown"];

    /// <summary>What a reply has and the sample has not. An empty object or list in the sample was emptied: it stands for any.</summary>
    private static IEnumerable<string> Strange(JsonElement ours, JsonElement theirs, string at) => (ours.ValueKind, theirs.ValueKind) switch
    {
        (JsonValueKind.Null, _) => [],
        (JsonValueKind.Object, JsonValueKind.Object) => theirs.EnumerateObject().Any()
            ? ours.EnumerateObject().SelectMany(field => theirs.TryGetProperty(field.Name, out var known) ? Strange(field.Value, known, $"{at}/{field.Name}") : Unknown($"{at}/{field.Name}"))
            : [],
        (JsonValueKind.Array, JsonValueKind.Array) => theirs.GetArrayLength() > 0 ? ours.EnumerateArray().SelectMany(item => Strange(item, theirs[0], $"{at}[]")) : [],
        (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False) => [],
        var (mine, slacks) => mine == slacks ? [] : [$"{at} is {mine}, in Slack {slacks}"],
    };
}
