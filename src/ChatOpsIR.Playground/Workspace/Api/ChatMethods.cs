using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>chat.*: what the bot says.</summary>
internal sealed class ChatMethods(WorkspaceState state, Posts posts, Events events)
{
    private const string Bot = WorkspaceState.BotUser;

    /// <summary>What <c>chat.update</c> tells of the message: what it says now, and neither its id nor its thread.</summary>
    private static readonly string[] ToldOfAnUpdate = ["bot_id", "type", "text", "user", "team", "bot_profile", "edited", "app_id", "metadata", "blocks", "attachments"];

    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["chat.postMessage"] = new(0, true, Scopes.Only("chat:write"), Post),
        ["chat.update"] = new(3, true, Scopes.Only("chat:write"), Update),
        ["chat.delete"] = new(3, true, Scopes.Only("chat:write"), Delete),
        ["chat.postEphemeral"] = new(4, true, Scopes.Only("chat:write"), PostEphemeral),
        ["chat.getPermalink"] = new(0, false, Scopes.None, Permalink),
    };

    private JsonObject Post(ApiArguments given)
    {
        var channel = Destination(given.Required("channel"));
        var content = Content.Of(given, state);
        var thread = ThreadOf(channel, given.Text("thread_ts"));
        var truncated = Guard.CodePoints(content.Text) > 40_000;
        var message = posts.Post(channel, new Message
        {
            Channel = channel.Id,
            Ts = state.NextTs(),
            User = Bot,
            FromBot = true,
            Text = truncated ? string.Concat(content.Text.EnumerateRunes().Take(40_000)) : content.Text,
            Blocks = content.Blocks,
            Attachments = content.Attachments,
            Metadata = Metadata(given, out _),
            ThreadTs = thread,
            Broadcast = thread is not null && given.Flag("reply_broadcast"),
        });
        var answer = Shown(channel, message);
        answer.SetIf("warning", truncated ? "message_truncated" : null);
        return answer;
    }

    /// <summary>Public channels may be written to without joining when the scope says so. A user id means the conversation with them.</summary>
    private Channel Destination(string id)
    {
        if (state.People.TryGetValue(id, out var person) && !person.IsBot)
        {
            return new Room(state, events, posts).Direct(Bot, person.Id).Channel;
        }

        var channel = state.Channels.TryGetValue(id, out _)
            ? state.Channel(id)
            : state.Channels.Values.FirstOrDefault(named => named.Kind == ChannelKind.Public && named.Name == id.TrimStart('#')) ?? state.Channel(id);
        if (channel.Archived)
        {
            throw new SlackRefusal("is_archived");
        }

        var open = channel.Kind == ChannelKind.Public && state.Settings.BotScopes.Contains("chat:write.public");
        return open || channel.Members.Contains(Bot) ? channel : throw new SlackRefusal("not_in_channel");
    }

    private string? ThreadOf(Channel channel, string? ts)
    {
        if (string.IsNullOrEmpty(ts))
        {
            return null;
        }

        return state.TryMessage(channel.Id, ts, out var parent) ? parent.ThreadTs ?? parent.Ts : throw new SlackRefusal("cannot_reply_to_message");
    }

    private JsonObject Update(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        var message = state.Message(channel, given.Required("ts"));
        if (!message.FromBot)
        {
            throw new SlackRefusal("cant_update_message");
        }

        if (channel.Archived)
        {
            throw new SlackRefusal("is_inactive");
        }

        var content = Content.Of(given, state);
        Guard.Length(content.Text, 4_000, "msg_too_long");
        var metadata = Metadata(given, out var metadataGiven);
        posts.Edit(channel, message, Bot, changed =>
        {
            changed.Text = content.Text;
            changed.Blocks = content.Blocks;
            changed.Attachments = content.Attachments ?? changed.Attachments;
            changed.Metadata = metadataGiven ? metadata : changed.Metadata;
            changed.Broadcast |= given.Flag("reply_broadcast") && changed.IsReply;
        });
        var answer = Shown(channel, message);
        answer["text"] = message.Text;
        var told = answer["message"]!.AsObject().Where(field => ToldOfAnUpdate.Contains(field.Key));
        answer["message"] = new JsonObject(told.Select(field => KeyValuePair.Create(field.Key, Json.Copy(field.Value))));
        return answer;
    }

    private JsonObject Delete(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        var message = state.Message(channel, given.Required("ts"));
        if (!message.FromBot)
        {
            throw new SlackRefusal("cant_delete_message");
        }

        posts.Delete(channel, message, Bot);
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    private JsonObject PostEphemeral(ApiArguments given)
    {
        var channel = state.ActiveChannel(given.Required("channel"));
        var user = given.Required("user");
        if (!channel.Members.Contains(user))
        {
            throw new SlackRefusal("user_not_in_channel");
        }

        var content = Content.Of(given, state);
        Guard.Length(content.Text, 4_000, "msg_too_long");
        var seen = new Ephemeral
        {
            Ts = state.NextTs(),
            User = user,
            Channel = channel.Id,
            Text = content.Text,
            Blocks = content.Blocks,
            ThreadTs = given.Text("thread_ts"),
        };
        state.Ephemerals.Add(seen);
        return new JsonObject { ["message_ts"] = seen.Ts };
    }

    private JsonObject Permalink(ApiArguments given)
    {
        var channel = state.Channel(given.Required("channel"));
        var message = state.Message(channel, given.Required("message_ts"));
        return new JsonObject { ["channel"] = channel.Id, ["permalink"] = MessageShapes.Permalink(state, message) };
    }

    private static JsonObject? Metadata(ApiArguments given, out bool wasGiven)
    {
        wasGiven = given.Has("metadata");
        if (!wasGiven || given.Tree("metadata", "invalid_metadata_format") is not { } node)
        {
            return null;
        }

        if (node is not JsonObject metadata)
        {
            throw new SlackRefusal("invalid_metadata_format");
        }

        if (metadata.Count == 0)
        {
            return null;
        }

        if (metadata.Text("event_type") is not { Length: > 0 } || metadata["event_payload"] is not JsonObject)
        {
            throw new SlackRefusal("invalid_metadata_schema");
        }

        return Encoding.UTF8.GetByteCount(metadata.ToJsonString()) > 8_000 ? throw new SlackRefusal("metadata_too_large") : metadata;
    }

    private JsonObject Shown(Channel channel, Message message) => new()
    {
        ["channel"] = channel.Id,
        ["ts"] = message.Ts,
        ["message"] = MessageShapes.Stored(state, message),
    };
}
