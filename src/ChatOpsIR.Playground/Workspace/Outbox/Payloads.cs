using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>The bodies of commands, interactions and option requests.</summary>
internal sealed class Payloads(WorkspaceState state)
{
    private const string Form = "application/x-www-form-urlencoded";

    public Delivery Command(Person person, Channel channel, string command, string text, string typed)
    {
        (string Name, string Value)[] fields =
        [
            ("token", "verification-token-ignored"),
            ("team_id", WorkspaceState.TeamId),
            ("team_domain", state.Settings.Domain),
            ("channel_id", channel.Id),
            ("channel_name", NameOf(channel)),
            ("user_id", person.Id),
            ("user_name", person.Handle),
            ("command", command),
            ("text", text),
            ("api_app_id", WorkspaceState.AppId),
            ("is_enterprise_install", "false"),
            ("response_url", ResponseUrl(person, channel, null, false)),
            ("trigger_id", Trigger(person)),
        ];
        return Ready(DeliveryKind.Command, Encode(fields), person, new DeliveryContext { Channel = channel.Id, Command = command, TypedText = typed });
    }

    public Delivery Pressed(Person person, PressSource source, JsonObject block, JsonObject element, JsonNode? value)
    {
        var payload = Base("block_actions", person);
        payload["container"] = Container(source);
        payload["trigger_id"] = Trigger(person);
        Place(payload, source);
        payload["state"] = new JsonObject { ["values"] = source.View is { } view ? view.Values.DeepClone() : FormValues.Initial(new JsonObject { ["blocks"] = Json.Copy(source.Blocks) }) };
        if (source.Channel is { } channel)
        {
            payload["response_url"] = ResponseUrl(person, channel, source.Message?.Ts ?? source.Whisper!.Ts, source.Whisper is not null);
        }

        payload["actions"] = new JsonArray(Action(block, element, value));
        return Interaction(payload, person, source.Channel, source.View);
    }

    public Delivery Submitted(Person person, OpenView view)
    {
        var payload = Base("view_submission", person);
        payload["trigger_id"] = Trigger(person);
        payload["view"] = FormShapes.View(view);
        payload["response_urls"] = new JsonArray();
        return Interaction(payload, person, null, view);
    }

    public Delivery Closed(Person person, OpenView view, bool cleared)
    {
        var payload = Base("view_closed", person);
        payload["view"] = FormShapes.View(view);
        payload["view"]!["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["is_cleared"] = cleared;
        return Interaction(payload, person, null, view);
    }

    public Delivery Shortcut(Person person, string callbackId)
    {
        var payload = Base("shortcut", person);
        payload["action_ts"] = state.NextTs();
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = Trigger(person);
        payload.Remove("api_app_id");
        return Interaction(payload, person, null, null);
    }

    public Delivery MessageShortcut(Person person, Channel channel, Message message, string callbackId)
    {
        var payload = Base("message_action", person);
        payload["action_ts"] = state.NextTs();
        payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = NameOf(channel) };
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = Trigger(person);
        payload["response_url"] = ResponseUrl(person, channel, message.Ts, false);
        payload["message_ts"] = message.Ts;
        payload["message"] = MessageShapes.Stored(state, message);
        payload.Remove("api_app_id");
        return Interaction(payload, person, channel, null);
    }

    public Delivery Suggestion(Person person, PressSource source, JsonObject block, JsonObject element, string typed)
    {
        var payload = Base("block_suggestion", person);
        payload["container"] = Container(source);
        payload["action_id"] = element.Text("action_id");
        payload["block_id"] = block.Text("block_id");
        payload["value"] = typed;
        Place(payload, source);
        return Ready(DeliveryKind.Options, Encode(("payload", payload.ToJsonString())), person, new DeliveryContext
        {
            Channel = source.Channel?.Id,
            ViewId = source.View?.Id,
            Type = "block_suggestion",
        });
    }

    private JsonObject Base(string type, Person person) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = WorkspaceState.TeamId, ["domain"] = state.Settings.Domain },
        ["user"] = new JsonObject
        {
            ["id"] = person.Id,
            ["username"] = person.Handle,
            ["name"] = person.Handle,
            ["team_id"] = WorkspaceState.TeamId,
        },
        ["api_app_id"] = WorkspaceState.AppId,
        ["token"] = "verification-token-ignored",
        ["is_enterprise_install"] = false,
        ["enterprise"] = null,
    };

    private void Place(JsonObject payload, PressSource source)
    {
        if (source.View is { } view)
        {
            payload["view"] = FormShapes.View(view);
        }

        if (source.Channel is { } channel)
        {
            payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = NameOf(channel) };
        }

        if (source.Message is { } message)
        {
            payload["message"] = MessageShapes.Stored(state, message);
        }
    }

    private static JsonObject Container(PressSource source) => source.View is { } view
        ? new JsonObject { ["type"] = "view", ["view_id"] = view.Id }
        : new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = source.Message?.Ts ?? source.Whisper!.Ts,
            ["channel_id"] = source.Channel!.Id,
            ["is_ephemeral"] = source.Whisper is not null,
        };

    private JsonObject Action(JsonObject block, JsonObject element, JsonNode? value)
    {
        var action = new JsonObject { ["action_id"] = element.Text("action_id"), ["block_id"] = block.Text("block_id") };
        var type = element.Text("type") ?? "";
        if (type == "button")
        {
            foreach (var name in new[] { "text", "value", "style", "url" })
            {
                action.SetIf(name, Json.Copy(element[name]));
            }

            action["type"] = type;
        }
        else
        {
            foreach (var (name, part) in FormValues.Typed(element, Json.Copy(value)))
            {
                action[name] = Json.Copy(part);
            }

            action.SetIf("placeholder", Json.Copy(element["placeholder"]));
        }

        action["action_ts"] = state.NextTs();
        return action;
    }

    private string Trigger(Person person)
    {
        var id = $"{state.NextNumber()}.{state.NowSeconds}.{WorkspaceState.TeamId.ToLowerInvariant()}";
        state.Triggers[id] = (person.Id, state.Now + TimeSpan.FromSeconds(3), false);
        return id;
    }

    private string ResponseUrl(Person person, Channel channel, string? sourceTs, bool isEphemeral)
    {
        var url = new ResponseUrl
        {
            Id = state.NextId("R"),
            User = person.Id,
            Channel = channel.Id,
            SourceTs = sourceTs,
            SourceIsEphemeral = isEphemeral,
            Expires = state.Now + TimeSpan.FromMinutes(30),
        };
        state.ResponseUrls[url.Id] = url;
        state.Touch(url);
        return state.ResponseUrlBase + url.Id;
    }

    private Delivery Interaction(JsonObject payload, Person person, Channel? channel, OpenView? view) =>
        Ready(DeliveryKind.Interactivity, Encode(("payload", payload.ToJsonString())), person, new DeliveryContext
        {
            Channel = channel?.Id,
            ViewId = view?.Id,
            Type = payload.Text("type"),
        });

    private Delivery Ready(DeliveryKind kind, byte[] body, Person person, DeliveryContext context) => new()
    {
        Id = state.NextDelivery(),
        Kind = kind,
        ContentType = Form,
        Body = body,
        Actor = person.Id,
        Context = context,
    };

    private static string NameOf(Channel channel) => channel.Kind switch
    {
        ChannelKind.Direct => "directmessage",
        ChannelKind.Private => "privategroup",
        _ => channel.Name,
    };

    private static byte[] Encode(params (string Name, string Value)[] fields) =>
        Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{Part(field.Name)}={Part(field.Value)}")));

    /// <summary>Form encoding writes a space as "+".</summary>
    private static string Part(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
