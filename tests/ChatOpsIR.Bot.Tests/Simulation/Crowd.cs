using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>The people of the workspace. They type, talk, press and fill in; what is not confirmed they type again.</summary>
internal sealed class Crowd
{
    public static readonly string[] People = ["mara", "idris", "priya", "tomas", "helen"];

    private const int LeastInAFlood = 100;
    private const int WantedRooms = 3;

    private readonly World world;
    private readonly Phrases phrases;
    private readonly HashSet<string> typed = [];
    private readonly List<JsonObject> again = [];
    private int declared;
    private int words;

    public Crowd(World world, PostOffice post)
    {
        this.world = world;
        phrases = new Phrases(world.Dice, Word);
        post.Answered += Hear;
    }

    /// <summary>The verbs that were typed.</summary>
    public IReadOnlySet<string> Typed => typed;

    private Dice Dice => world.Dice;

    /// <summary>People have an incident to talk about.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Somebody does something.</summary>
    public void Act()
    {
        if (again.Count > 0 && Dice.Chance(0.5))
        {
            var once = again[0];
            again.RemoveAt(0);
            Do(once);
            return;
        }

        var view = world.Workspace.Look();
        var who = Dice.Pick(People);
        var id = view.Person(who)!.Id;
        if (view.Forms.LastOrDefault(form => form.User == id) is { } form)
        {
            FillIn(who, form);
            return;
        }

        var rooms = RoomsOf(view);
        IsBusy = rooms.Length > 0;
        ChannelView[] mine = [.. rooms.Where(room => room.Members.Contains(id))];
        var kinds = new List<(int Weight, Action What)> { (DeclaresAt(rooms.Length), () => Declare(who)), (2, () => Press(view, who, id)), (rooms.Length == 0 ? 3 : 1, () => Subscribe(who)) };
        if (mine.Length > 0)
        {
            var room = Dice.Pick(mine);
            kinds.Add((14, () => Talk(who, room)));
            kinds.Add((10, () => Touch(who, id, room)));
            kinds.Add((14, () => Command(who, room, view)));
        }
        else if (rooms.Where(room => room.Kind is ChannelKind.Public).ToArray() is { Length: > 0 } open)
        {
            kinds.Add((6, () => Do(Deed(who, "join", Dice.Pick(open).Id))));
        }

        Dice.Weighted(kinds)();
    }

    /// <summary>Everybody in a room talks at once.</summary>
    public void Flood()
    {
        var view = world.Workspace.Look();
        var rooms = RoomsOf(view).Where(room => People.Any(who => room.Members.Contains(view.Person(who)!.Id))).ToArray();
        if (rooms.Length == 0)
        {
            return;
        }

        var room = Dice.Pick(rooms);
        string[] inside = [.. People.Where(who => room.Members.Contains(view.Person(who)!.Id))];
        for (var left = LeastInAFlood + Dice.Below(LeastInAFlood); left > 0; left--)
        {
            Do(Deed(Dice.Pick(inside), "message", room.Id, Word("flood")));
        }
    }

    private static ChannelView[] RoomsOf(WorkspaceView view) =>
        [.. view.Channels.Where(channel => channel.Name.StartsWith("inc-", StringComparison.Ordinal) || IsCodeName(view, channel))];

    private static bool IsCodeName(WorkspaceView view, ChannelView channel) =>
        channel.Kind is ChannelKind.Private && view.Person(channel.Creator) is { IsBot: true };

    // A few incidents, each with a life of its own: whoever waits for a room does not declare again and again.
    private int DeclaresAt(int rooms) => rooms >= WantedRooms ? 1 : Math.Max(1, 12 - (4 * (declared - rooms)));

    private void Declare(string who)
    {
        declared++;
        typed.Add("declare");
        Do(Deed(who, "command", Dice.Pick<string>(["general", "incidents"]), $"/incident declare {phrases.Declaration()}".TrimEnd()));
    }

    private void Talk(string who, ChannelView room)
    {
        var text = Dice.Below(8) switch
        {
            0 => $"!incident note {Word("seen")}",
            1 => "@ChatOpsIR status",
            2 => $"a <b> & *c* @{Dice.Pick(People)} {Word("said")}",
            _ => Word("said"),
        };
        var deed = Deed(who, "message", room.Id, text);
        if (Dice.Chance(0.3) && room.Messages.Where(message => message is { Visible: true, IsReply: false, Subtype: null }).ToArray() is { Length: > 0 } heads)
        {
            deed["thread_ts"] = Dice.Pick(heads).Ts;
            deed["broadcast"] = Dice.Chance(0.2);
        }

        Do(deed);
    }

    private void Touch(string who, string id, ChannelView room)
    {
        MessageView[] seen = [.. room.Messages.Where(message => message is { Visible: true, Subtype: null or "thread_broadcast" })];
        MessageView[] own = [.. seen.Where(message => message.User == id && message.Subtype is null)];
        var kinds = new List<(int Weight, Func<JsonObject> What)> { (1, () => With(Deed(who, "topic", room.Id), "topic", Word("topic"))) };
        if (own.Length > 0)
        {
            kinds.Add((6, () => With(Deed(who, "edit", room.Id, Word("rather")), "ts", Dice.Pick(own).Ts)));
            kinds.Add((3, () => With(Deed(who, "delete", room.Id), "ts", Dice.Pick(own).Ts)));
        }

        if (seen.Length > 0)
        {
            var message = Dice.Pick(seen);
            var what = Dice.Pick<string>(["react", "react", "unreact", "pin", "unpin"]);
            kinds.Add((6, () => With(With(Deed(who, what, room.Id), "ts", message.Ts), "name", Dice.Pick<string>(["eyes", "tada"]))));
        }

        Do(Dice.Weighted(kinds)());
    }

    private void Command(string who, ChannelView room, WorkspaceView view)
    {
        var (verb, text) = phrases.Command();
        typed.Add(verb);
        var (here, slash) = (Dice.Chance(0.9), Dice.Chance(0.9));
        var channel = here ? room.Id : view.Channel("general")!.Id;
        Do(slash ? Deed(who, "command", channel, $"/incident {text}") : Deed(who, "message", channel, $"!incident {text}"));
    }

    private void Subscribe(string who) =>
        Do(Deed(who, "command", "general", $"/incident {Dice.Pick<string>(["subscribe all", "subscribe all", "subscribe sev:2", "unsubscribe all"])}"));

    private void Press(WorkspaceView view, string who, string id)
    {
        var buttons =
            from channel in view.Channels
            where channel.Members.Contains(id)
            from message in channel.Messages
            where message is { Visible: true, FromBot: true, Blocks: not null }
            from block in message.Blocks!.OfType<JsonObject>()
            where block["elements"] is JsonArray
            from element in block["elements"]!.AsArray().OfType<JsonObject>()
            where element["type"]?.ToString() is "button" && element["action_id"] is not null
            select With(With(Deed(who, "press", channel.Id), "ts", message.Ts), "action_id", element["action_id"]!.ToString());
        if (buttons.ToArray() is { Length: > 0 } all)
        {
            Do(Dice.Pick(all));
        }
    }

    private void FillIn(string who, FormView form)
    {
        if (Dice.Chance(0.2))
        {
            Do(With(new JsonObject { ["as"] = who, ["do"] = "close" }, "view", form.Id));
            return;
        }

        var values = new JsonObject();
        foreach (var block in (form.View["blocks"] as JsonArray ?? []).OfType<JsonObject>().Where(block => block["element"]?["type"]?.ToString() is "plain_text_input"))
        {
            values[block["block_id"]!.ToString()] = new JsonObject { [block["element"]!["action_id"]!.ToString()] = Word("typed") };
        }

        var deed = With(new JsonObject { ["as"] = who, ["do"] = "submit" }, "view", form.Id);
        deed["values"] = values;
        Do(deed);
    }

    private void Do(JsonObject deed)
    {
        var result = world.Workspace.Act(deed);
        world.Trace.Say($"act {deed.ToJsonString()}: {result.Error ?? "ok"}");
    }

    // Whoever sees that it failed, or that it is not confirmed, types it again sooner or later.
    private void Hear(Delivery delivery, BotAnswer answer)
    {
        var isUnsure = !answer.Good || Encoding.UTF8.GetString(answer.Body).Contains("Not confirmed", StringComparison.Ordinal);
        if (delivery.Kind is DeliveryKind.Command && isUnsure && Dice.Chance(0.7))
        {
            again.Add(Deed(delivery.Actor, "command", delivery.Context.Channel!, $"{delivery.Context.Command} {delivery.Context.TypedText}"));
        }
    }

    private string Word(string start) => $"{start} w{++words}";

    private static JsonObject Deed(string who, string what, string channel, string? text = null)
    {
        var deed = new JsonObject { ["as"] = who, ["do"] = what, ["channel"] = channel };
        return text is null ? deed : With(deed, "text", text);
    }

    private static JsonObject With(JsonObject deed, string name, string value)
    {
        deed[name] = value;
        return deed;
    }
}
