using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Playground;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>A workspace without rate limits under a clock that stands still, and short words to use it.</summary>
internal sealed class Playing
{
    public const string Bot = "U0PLAYBOT1";

    public Playing(Func<WorkspaceSettings, WorkspaceSettings>? change = null, IWorkspaceJournal? journal = null)
    {
        var settings = new WorkspaceSettings { RateLimits = false };
        Workspace = new Workspace(change?.Invoke(settings) ?? settings, Clock, journal);
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_735_689_600));

    public Workspace Workspace { get; }

    public string Id(string handle) => Workspace.Look().Person(handle)!.Id;

    public string Channel(string name) => Workspace.Look().Channel(name)!.Id;

    public ApiResponse Response(string method, JsonObject? arguments = null, bool fromJson = false, string? token = "xoxb-playground") =>
        Workspace.Call(method, token, arguments ?? [], fromJson);

    public JsonObject Call(string method, JsonObject? arguments = null) => Response(method, arguments).Json();

    public JsonObject Ok(string method, JsonObject? arguments = null)
    {
        var answer = Call(method, arguments);
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
        return answer;
    }

    public string? Error(string method, JsonObject? arguments = null) => (string?)Call(method, arguments)["error"];

    /// <summary>A channel made by the bot.</summary>
    public string WarRoom(string name = "inc-1", bool isPrivate = false) =>
        (string)Ok("conversations.create", new JsonObject { ["name"] = name, ["is_private"] = isPrivate })["channel"]!["id"]!;

    public string Post(string channel, string text = "hello", string? thread = null)
    {
        var arguments = new JsonObject { ["channel"] = channel, ["text"] = text };
        if (thread is not null)
        {
            arguments["thread_ts"] = thread;
        }

        return (string)Ok("chat.postMessage", arguments)["ts"]!;
    }

    public ActResult Act(string who, string deed, JsonObject? more = null)
    {
        var act = new JsonObject { ["as"] = who, ["do"] = deed };
        foreach (var (name, value) in more ?? [])
        {
            act[name] = value?.DeepClone();
        }

        return Workspace.Act(act);
    }

    public string Say(string who, string channel, string text, string? thread = null, bool broadcast = false)
    {
        var more = new JsonObject { ["channel"] = channel, ["text"] = text, ["broadcast"] = broadcast };
        if (thread is not null)
        {
            more["thread_ts"] = thread;
        }

        var result = Act(who, "message", more);
        Assert.True(result.Ok, result.Error);
        return (string)result.Data["ts"]!;
    }

    /// <summary>The events since the last look.</summary>
    public List<JsonObject> Events() =>
        [.. Workspace.TakeDeliveries().Where(delivery => delivery.Kind == DeliveryKind.Event).Select(delivery => Parse(delivery.Body)["event"]!.AsObject())];

    public static JsonObject Parse(byte[] body) => JsonNode.Parse(body)!.AsObject();

    public static Dictionary<string, string> Form(Delivery delivery) => Encoding.UTF8.GetString(delivery.Body).Split('&')
        .Select(part => part.Split('='))
        .ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1].Replace('+', ' ')));

    public static JsonObject Payload(Delivery delivery) => JsonNode.Parse(Form(delivery)["payload"])!.AsObject();

    public static BotAnswer Answer(string body = "", string contentType = "application/json", int status = 200) =>
        new(status, contentType, Encoding.UTF8.GetBytes(body));
}
