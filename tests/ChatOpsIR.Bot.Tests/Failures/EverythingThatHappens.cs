using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Playground;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>One of every kind of thing that people do in and around a war room, as the requests that the bot gets. None is sent yet.</summary>
internal sealed class EverythingThatHappens
{
    private readonly PlayedBot bot;
    private readonly string room;
    private readonly string id;

    private EverythingThatHappens(PlayedBot bot, string room)
    {
        this.bot = bot;
        this.room = room;
        id = bot.Played.Channel(room);
    }

    public static async Task<IReadOnlyList<Delivery>> InAsync(PlayedBot bot)
    {
        var room = await bot.WithWarRoomAsync();
        await bot.TypeAsync("mara", "/incident role communications @priya", room);
        await bot.PassTimeAsync(TimeSpan.FromSeconds(10));
        await bot.TypeAsync("mara", "/incident update", room);
        bot.StopWorking();
        bot.Played.Workspace.TakeDeliveries();
        var script = new EverythingThatHappens(bot, room);
        script.PeopleTalk();
        script.PeopleComeAndGo();
        script.PeopleGiveOrders();
        return [.. bot.Played.Workspace.TakeDeliveries(), .. script.StrangeEvents()];
    }

    /// <summary>Whether the bot has to carry something out, so that it matters what went before.</summary>
    public static bool IsOrder(Delivery delivery)
    {
        if (delivery.Kind is not DeliveryKind.Event)
        {
            return true;
        }

        using var body = SlackJson.Parse(delivery.Body);
        return body!.RootElement.Child("event")?.Text("text") is { } text &&
            (text.StartsWith("!incident", StringComparison.Ordinal) || text.StartsWith($"<@{Playing.Bot}>", StringComparison.Ordinal));
    }

    private void PeopleTalk()
    {
        var first = bot.Played.Say("mara", id, "Rolling back now");
        var graph = Do("priya", "message", new() { ["text"] = "Errors per minute", ["files"] = new JsonArray(new JsonObject { ["name"] = "errors.png" }) });
        bot.Played.Say("priya", id, "How long?", first);
        bot.Played.Say("mara", id, "Two minutes", first, broadcast: true);
        Do("mara", "edit", new() { ["ts"] = first, ["text"] = "Rolling back release 41 now" });
        Do("mara", "edit", new() { ["ts"] = first, ["text"] = "Rolling back release 42 now" });
        foreach (var deed in (string[])["react", "unreact", "react"])
        {
            Do("mara", deed, new() { ["ts"] = graph, ["name"] = "eyes" });
        }

        Do("priya", "react", new() { ["ts"] = first, ["name"] = "thumbsup" });
        Do("priya", "pin", new() { ["ts"] = first });
        Do("priya", "unpin", new() { ["ts"] = first });
        Do("mara", "delete", new() { ["ts"] = bot.Played.Say("mara", id, "password: hunter2") });
        var parent = bot.Played.Say("priya", id, "Anybody from payments?");
        var reply = bot.Played.Say("mara", id, "On my way", parent);
        Do("priya", "delete", new() { ["ts"] = parent });
        Do("mara", "delete", new() { ["ts"] = reply });
    }

    private void PeopleComeAndGo()
    {
        Do("tomas", "join", []);
        Do("tomas", "leave", []);
        Do("mara", "invite", new() { ["user"] = "tomas" });
        Do("mara", "kick", new() { ["user"] = "tomas" });
        Do("mara", "topic", new() { ["topic"] = "Checkout" });
        Do("mara", "rename", new() { ["name"] = "checkout-is-down" });
    }

    private void PeopleGiveOrders()
    {
        Type("mara", "/incident severity sev:2 payments recovered");
        Type("mara", "/incident note Release 41 is gone");
        var said = bot.Played.Say("mara", id, "!incident note Said in a message");
        bot.Played.Say("mara", id, "@chatopsir note Said to the bot");
        Do("mara", "message-shortcut", new() { ["ts"] = said });
        Do("mara", "submit", new() { ["values"] = new JsonObject { ["text"] = new JsonObject { ["v"] = "Errors are falling" } } });
        PressInPerson("priya");
        Type("mara", "/incident declare Search is slow sev:3");
        Type("mara", "/incident severity sev:3");
        Type("mara", "/incident resolve Rolled back");
    }

    private IEnumerable<Delivery> StrangeEvents()
    {
        string[] events =
        [
            $$"""{"type":"message","channel":"{{id}}","user":"U0OTHERBOT","bot_id":"B0OTHER","app_id":"A0OTHER","text":"Deploy 42 done","ts":"1735689700.000001","event_ts":"1735689700.000001"}""",
            $$"""{"type":"message","subtype":"bot_message","channel":"{{id}}","bot_id":"B0CLASSIC","username":"alerts","text":"","attachments":[{"title":"CPU"}],"ts":"1735689700.000002","event_ts":"1735689700.000002"}""",
            $$"""{"type":"message","subtype":"channel_archive","channel":"{{id}}","user":"U1","text":"archived","ts":"1735689700.000003","event_ts":"1735689700.000003"}""",
            $$"""{"type":"channel_archive","channel":"{{id}}","user":"U1","event_ts":"1735689700.000004"}""",
            $$"""{"type":"message","subtype":"not_invented_yet","channel":"{{id}}","user":"U1","text":"?","ts":"1735689700.000005","event_ts":"1735689700.000005"}""",
            $$"""{"type":"hologram_started","channel":"{{id}}","event_ts":"1735689700.000006"}""",
            $$"""{"type":"message","channel":"{{id}}","user":"U1","text":"no time stamp"}""",
            $$"""{"type":"message","channel":"{{id}}","user":"U1","text":"half \ud83d","ts":"1735689700.000007","event_ts":"1735689700.000007"}""",
            """{"type":"message","channel":"C0ELSEWHERE","user":"U1","text":"none of ours","ts":"1735689700.000008"}""",
        ];
        return events.Select((happening, i) => new Delivery
        {
            Id = 900 + i,
            Kind = DeliveryKind.Event,
            ContentType = "application/json",
            Actor = "",
            Body = Encoding.UTF8.GetBytes(
                $$"""{"type":"event_callback","team_id":"T0PLAY0001","api_app_id":"A0PLAY0001","event_id":"EvStrange{{i}}","event":{{happening}},"authorizations":[{"team_id":"T0PLAY0001","user_id":"{{Playing.Bot}}","is_bot":true}]}"""),
        });
    }

    private string Do(string who, string deed, JsonObject more)
    {
        more["channel"] = id;
        var act = bot.Played.Act(who, deed, more);
        Assert.True(act.Ok, $"{deed}: {act.Error}");
        return (string?)act.Data["ts"] ?? "";
    }

    private void Type(string who, string text) => Do(who, "command", new() { ["text"] = text });

    private void PressInPerson(string who)
    {
        var direct = bot.Played.Workspace.Look().Channels.Single(channel => channel.Kind is ChannelKind.Direct && channel.Members.Contains(bot.Played.Id(who)));
        var card = direct.Messages.Last(message => message.FromBot);
        var button = card.Blocks!.SelectMany(block => block!["elements"] as JsonArray ?? []).First(element => (string?)element!["type"] is "button")!;
        var act = bot.Played.Act(who, "press", new() { ["channel"] = direct.Id, ["ts"] = card.Ts, ["action_id"] = (string?)button["action_id"] });
        Assert.True(act.Ok, act.Error);
    }
}
