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
    private readonly string id;
    private readonly string lost;

    private EverythingThatHappens(PlayedBot bot, string room, string lost)
    {
        this.bot = bot;
        (id, this.lost) = (bot.Played.Channel(room), bot.Played.Channel(lost));
    }

    /// <summary>How many incidents there are in the end; the second is the one whose room the bot loses.</summary>
    public const int Incidents = 4;

    public static async Task<IReadOnlyList<Delivery>> InAsync(PlayedBot bot)
    {
        var room = await bot.WithWarRoomAsync();
        await bot.TypeAsync("mara", "/incident role communications @priya", room);
        await bot.PassTimeAsync(TimeSpan.FromSeconds(10));
        await bot.TypeAsync("mara", "/incident declare Payments are late sev:3");
        await bot.PassTimeAsync(TimeSpan.FromSeconds(10));
        await OpenFormsAsync(bot, room);
        bot.StopWorking();
        bot.Played.Workspace.TakeDeliveries();
        var script = new EverythingThatHappens(bot, room, (await bot.IncidentAsync(2)).Room!.Name);
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

    /// <summary>Whether all that it does is open a form. Slack lets a trigger open one, within three seconds, so a repeat of it is refused.</summary>
    public static bool OpensForm(Delivery delivery) =>
        delivery.Kind is DeliveryKind.Interactivity && Encoding.UTF8.GetString(delivery.Body).Contains("declare_incident", StringComparison.Ordinal);

    // Nobody can fill in or look something up in a form that is not in front of them.
    private static async Task OpenFormsAsync(PlayedBot bot, string room)
    {
        await bot.TypeAsync("mara", "/incident update", room);
        await bot.TypeAsync("idris", "/incident declare");
        var said = bot.Played.Say("helen", bot.Played.Channel("incidents"), "Is it the network?");
        await bot.ActAsync("helen", "message-shortcut", new() { ["channel"] = "incidents", ["ts"] = said });
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
        Do("priya", "delete-file", new() { ["ts"] = graph, ["file"] = FileOf(graph) });
    }

    private void PeopleComeAndGo()
    {
        Do("tomas", "join", []);
        Do("tomas", "leave", []);
        Do("mara", "invite", new() { ["user"] = "tomas" });
        Do("mara", "kick", new() { ["user"] = "tomas" });
        Do("mara", "topic", new() { ["topic"] = "Checkout" });
        Do("mara", "rename", new() { ["name"] = "checkout-is-down" });
        Do("helen", "home", []);
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
        Do("idris", "submit", new() { ["values"] = new JsonObject { ["text"] = new JsonObject { ["v"] = "Mail is late" }, ["severity"] = new JsonObject { ["v"] = "sev4" } } });
        Do("tomas", "shortcut", new() { ["callback_id"] = "declare_incident" });
        Do("helen", "suggest", new() { ["block_id"] = "incident", ["action_id"] = "v", ["value"] = "checkout" });
        Type("helen", "/incident subscribe INC-1");
        Type("idris", "/incident subscribe sev:2");
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
            $$"""{"type":"message","subtype":"pinned_item","channel":"{{id}}","user":"U1","text":"pinned a message","ts":"1735689700.000009","event_ts":"1735689700.000009"}""",
            $$"""{"type":"channel_left","channel":"{{lost}}","actor_id":"U1","event_ts":"1735689700.000010"}""",
            $$"""{"type":"channel_deleted","channel":"{{lost}}","actor_id":"U1","event_ts":"1735689700.000011"}""",
            $$"""{"type":"channel_id_changed","old_channel_id":"{{lost}}","new_channel_id":"C0MOVED","event_ts":"1735689700.000012"}""",
            """{"type":"message","channel":"C0ELSEWHERE","user":"U1","text":"none of ours","ts":"1735689700.000008"}""",
        ];
        return [.. events.Select(InEnvelope).Append(HeldBack()).Select((body, i) => new Delivery
        {
            Id = 900 + i,
            Kind = DeliveryKind.Event,
            ContentType = "application/json",
            Actor = "",
            Body = Encoding.UTF8.GetBytes(body),
        })];
    }

    private static string InEnvelope(string happening, int number) =>
        $$"""{"type":"event_callback","team_id":"T0PLAY0001","api_app_id":"A0PLAY0001","event_id":"EvStrange{{number}}","event":{{happening}},"authorizations":[{"team_id":"T0PLAY0001","user_id":"{{Playing.Bot}}","is_bot":true}]}""";

    private string HeldBack() =>
        $$"""{"type":"app_rate_limited","team_id":"T0PLAY0001","minute_rate_limited":{{bot.Clock.GetUtcNow().ToUnixTimeSeconds()}},"api_app_id":"A0PLAY0001"}""";

    private string FileOf(string message) =>
        (string)bot.Played.Workspace.Look().Channel(id)!.Messages.Single(one => one.Ts == message).Files![0]!["id"]!;

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
