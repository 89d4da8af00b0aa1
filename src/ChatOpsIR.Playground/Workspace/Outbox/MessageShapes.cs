using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A message as JSON: in history, inside an edit, and as an event.</summary>
internal static class MessageShapes
{
    /// <summary>As history shows it.</summary>
    public static JsonObject Stored(WorkspaceState state, Message message, bool allMetadata = true)
    {
        if (message.Tombstone)
        {
            return Stone(state, message);
        }

        var shape = new JsonObject { ["type"] = "message" };
        shape.SetIf("subtype", SubtypeOf(message));
        Author(shape, state, message);
        shape["text"] = message.Text;
        shape["ts"] = message.Ts;
        Content(shape, message);
        Thread(shape, state, message);
        shape.SetIf("metadata", Metadata(message, allMetadata));
        shape.SetIf("edited", message.Edited is { } edited ? new JsonObject { ["user"] = edited.User, ["ts"] = edited.Ts } : null);
        if (message.Reactions.Count > 0)
        {
            shape["reactions"] = new JsonArray([.. message.Reactions.Select(Reaction)]);
        }

        if (message.Pinned is { } pinned)
        {
            shape["pinned_to"] = new JsonArray(message.Channel);
            shape["pinned_info"] = PinnedInfo(message, pinned);
        }

        return shape;
    }

    /// <summary>As a <c>message</c> event carries it when it is new.</summary>
    public static JsonObject AsEvent(WorkspaceState state, Channel channel, Message message)
    {
        var shape = new JsonObject
        {
            ["type"] = "message",
            ["channel"] = channel.Id,
            ["channel_type"] = channel.TypeWord,
            ["ts"] = message.Ts,
            ["event_ts"] = message.Ts,
        };
        Author(shape, state, message);
        shape["text"] = message.Text;
        shape.SetIf("subtype", SubtypeOf(message));
        Content(shape, message);
        if (message.IsReply && state.TryMessage(channel.Id, message.ThreadTs!, out var parent))
        {
            shape["thread_ts"] = message.ThreadTs;
            if (message.Broadcast)
            {
                shape["root"] = Root(state, parent);
            }
            else
            {
                shape["parent_user_id"] = parent.Tombstone ? WorkspaceState.Slackbot : parent.User;
            }
        }

        shape.SetIf("metadata", Metadata(message, true));
        if (message.Files is not null)
        {
            shape["upload"] = false;
            shape["display_as_bot"] = false;
        }

        return shape;
    }

    /// <summary>As the inside of an edit or a deletion shows it.</summary>
    public static JsonObject Inner(WorkspaceState state, Message message, bool current)
    {
        var shape = Stored(state, message);
        if (current && !message.Tombstone && message.Subtype is null)
        {
            shape["source_team"] = WorkspaceState.TeamId;
            shape["user_team"] = WorkspaceState.TeamId;
        }

        return shape;
    }

    public static string Permalink(WorkspaceState state, Message message)
    {
        var link = $"https://{state.Settings.Domain}.slack.com/archives/{message.Channel}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}";
        return message.IsReply ? $"{link}?thread_ts={message.ThreadTs}&cid={message.Channel}" : link;
    }

    public static JsonObject PinnedInfo(Message message, Pinned pinned) => new()
    {
        ["channel"] = message.Channel,
        ["pinned_by"] = pinned.By,
        ["pinned_ts"] = pinned.At,
    };

    private static string? SubtypeOf(Message message) => message switch
    {
        { Broadcast: true } => "thread_broadcast",
        { Files: not null } => "file_share",
        _ => message.Subtype,
    };

    private static void Author(JsonObject shape, WorkspaceState state, Message message)
    {
        shape["user"] = message.User;
        if (message.Subtype is null)
        {
            shape["team"] = WorkspaceState.TeamId;
        }

        if (message.FromBot)
        {
            shape["bot_id"] = WorkspaceState.BotId;
            shape["app_id"] = WorkspaceState.AppId;
            shape["bot_profile"] = BotProfile(state);
        }
    }

    private static void Content(JsonObject shape, Message message)
    {
        shape.SetIf("client_msg_id", message.ClientMessageId);
        shape.SetIf("blocks", Json.Copy(message.Blocks));
        shape.SetIf("attachments", Json.Copy(message.Attachments));
        shape.SetIf("files", Json.Copy(message.Files));
        foreach (var (name, value) in message.Extra ?? [])
        {
            shape[name] = Json.Copy(value);
        }
    }

    private static void Thread(JsonObject shape, WorkspaceState state, Message message)
    {
        if (message.ThreadTs is null)
        {
            return;
        }

        shape["thread_ts"] = message.ThreadTs;
        if (message.IsReply)
        {
            if (state.TryMessage(message.Channel, message.ThreadTs, out var parent))
            {
                shape["parent_user_id"] = parent.Tombstone ? WorkspaceState.Slackbot : parent.User;
                shape.SetIf("root", message.Broadcast ? Root(state, parent) : null);
            }

            return;
        }

        ReplyFacts(shape, state, message);
    }

    private static void ReplyFacts(JsonObject shape, WorkspaceState state, Message parent)
    {
        Message[] replies = [.. state.RepliesTo(parent)];
        string[] people = [.. replies.Select(reply => reply.User).Distinct()];
        shape["reply_count"] = replies.Length;
        shape["reply_users_count"] = people.Length;
        shape.SetIf("latest_reply", replies.LastOrDefault()?.Ts);
        shape["reply_users"] = Json.Strings(people);
        shape["is_locked"] = false;
        shape["subscribed"] = false;
    }

    private static JsonObject Root(WorkspaceState state, Message parent)
    {
        var root = new JsonObject { ["type"] = "message" };
        root.SetIf("subtype", parent.Tombstone ? "tombstone" : null);
        root["user"] = parent.Tombstone ? WorkspaceState.Slackbot : parent.User;
        root["text"] = parent.Tombstone ? StoneText : parent.Text;
        root["ts"] = parent.Ts;
        root["thread_ts"] = parent.Ts;
        ReplyFacts(root, state, parent);
        root.Remove("is_locked");
        root.Remove("subscribed");
        return root;
    }

    private static JsonObject Stone(WorkspaceState state, Message message)
    {
        var shape = new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "tombstone",
            ["text"] = StoneText,
            ["user"] = WorkspaceState.Slackbot,
            ["hidden"] = true,
            ["ts"] = message.Ts,
            ["thread_ts"] = message.Ts,
            ["parent_user_id"] = WorkspaceState.Slackbot,
        };
        ReplyFacts(shape, state, message);
        return shape;
    }

    private static JsonObject? Metadata(Message message, bool all) => message.Metadata switch
    {
        null => null,
        var metadata when all => (JsonObject)metadata.DeepClone(),
        var metadata => new JsonObject { ["event_type"] = Json.Copy(metadata["event_type"]) },
    };

    private static JsonNode Reaction(Reaction reaction) => new JsonObject
    {
        ["name"] = reaction.Name,
        ["users"] = Json.Strings(reaction.Users),
        ["count"] = reaction.Users.Count,
    };

    private static JsonObject BotProfile(WorkspaceState state)
    {
        JsonObject icons = [];
        foreach (var size in new[] { 36, 48, 72 })
        {
            var name = size.ToString(CultureInfo.InvariantCulture);
            icons["image_" + name] = $"https://{state.Settings.Domain}.example/{name}.png";
        }

        return new JsonObject
        {
            ["id"] = WorkspaceState.BotId,
            ["app_id"] = WorkspaceState.AppId,
            ["name"] = state.Settings.BotName,
            ["deleted"] = false,
            ["updated"] = 0,
            ["team_id"] = WorkspaceState.TeamId,
            ["icons"] = icons,
        };
    }

    private const string StoneText = "This message was deleted.";
}
