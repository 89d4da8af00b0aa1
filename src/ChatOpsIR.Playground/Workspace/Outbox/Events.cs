using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Puts events into the outbox, wrapped as the Events API wraps them.</summary>
internal sealed class Events(WorkspaceState state)
{
    /// <summary>Tells the bot, if it is in the channel: Slack sends nothing else.</summary>
    public void Emit(Channel channel, JsonObject about)
    {
        if (channel.Members.Contains(WorkspaceState.BotUser))
        {
            EmitAlways(channel.Id, about);
        }
    }

    /// <summary>For the few events that reach the bot although it is not, or no longer, a member.</summary>
    public void EmitAlways(string orderKey, JsonObject about)
    {
        var number = state.NextDelivery();
        var id = $"Ev0PLAY{number:D5}";
        var envelope = new JsonObject
        {
            ["token"] = "verification-token-ignored",
            ["team_id"] = WorkspaceState.TeamId,
            ["context_team_id"] = WorkspaceState.TeamId,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = WorkspaceState.AppId,
            ["event"] = about,
            ["type"] = "event_callback",
            ["event_id"] = id,
            ["event_time"] = state.NowSeconds,
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = null,
                ["team_id"] = WorkspaceState.TeamId,
                ["user_id"] = WorkspaceState.BotUser,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = "4-" + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{{\"n\":{number}}}")),
        };
        state.Send(new Delivery
        {
            Id = number,
            Kind = DeliveryKind.Event,
            ContentType = "application/json",
            Body = Encoding.UTF8.GetBytes(envelope.ToJsonString()),
            Actor = about.Text("user") ?? "",
            EventId = id,
            OrderKey = orderKey,
        });
    }

    public void Posted(Channel channel, Message message)
    {
        Emit(channel, MessageShapes.AsEvent(state, channel, message));
        if (message.Files is { } files)
        {
            FilesShared(channel, message, files);
        }

        var mentioned = message.Text.Contains($"<@{WorkspaceState.BotUser}>", StringComparison.Ordinal);
        if (mentioned && message.Subtype is null && message.User != WorkspaceState.BotUser && channel.Kind != ChannelKind.Direct)
        {
            Mentioned(channel, message);
        }
    }

    public void Changed(Channel channel, Message message, JsonObject previous)
    {
        var ts = state.NextTs();
        Emit(channel, new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_changed",
            ["hidden"] = true,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.TypeWord,
            ["ts"] = ts,
            ["event_ts"] = ts,
            ["message"] = MessageShapes.Inner(state, message, current: true),
            ["previous_message"] = previous,
        });
    }

    public void Deleted(Channel channel, string deletedTs, JsonObject previous)
    {
        var ts = state.NextTs();
        Emit(channel, new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_deleted",
            ["hidden"] = true,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.TypeWord,
            ["ts"] = ts,
            ["event_ts"] = ts,
            ["deleted_ts"] = deletedTs,
            ["previous_message"] = previous,
        });
    }

    public void FileDeleted(Channel channel, string file) => Emit(channel, new JsonObject
    {
        ["type"] = "file_deleted",
        ["file_id"] = file,
        ["channel_ids"] = new JsonArray(channel.Id),
        ["event_ts"] = state.NextTs(),
    });

    /// <summary>Slack sends it every time somebody looks, with the view when there is one.</summary>
    public void HomeOpened(Channel direct, string user, OpenView? home)
    {
        var about = new JsonObject
        {
            ["type"] = "app_home_opened",
            ["user"] = user,
            ["channel"] = direct.Id,
            ["tab"] = "home",
            ["event_ts"] = state.NextTs(),
        };
        about.SetIf("view", home is null ? null : FormShapes.View(home));
        Emit(direct, about);
    }

    public void Reaction(Channel channel, Message message, string type, string user, string name)
    {
        Emit(channel, new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["reaction"] = name,
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel.Id, ["ts"] = message.Ts },
            ["item_user"] = message.User,
            ["event_ts"] = state.NextTs(),
        });
    }

    public void Pin(Channel channel, Message message, string type, string user, Pinned pinned, int pinCount)
    {
        var shown = MessageShapes.Stored(state, message);
        shown["permalink"] = MessageShapes.Permalink(state, message);
        var about = new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["channel_id"] = channel.Id,
            ["item"] = new JsonObject
            {
                ["type"] = "message",
                ["channel"] = channel.Id,
                ["created"] = pinned.At,
                ["created_by"] = pinned.By,
                ["message"] = shown,
            },
            ["item_user"] = message.User,
            ["pin_count"] = pinCount,
            ["pinned_info"] = MessageShapes.PinnedInfo(message, pinned),
            ["event_ts"] = state.NextTs(),
        };
        if (type == "pin_removed")
        {
            about["has_pins"] = pinCount > 0;
        }

        Emit(channel, about);
    }

    public void Member(Channel channel, string type, string user, string? inviter)
    {
        var about = new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.Kind == ChannelKind.Public ? "C" : "G",
            ["team"] = WorkspaceState.TeamId,
        };
        about.SetIf("inviter", inviter);
        about["event_ts"] = state.NextTs();
        Emit(channel, about);
    }

    private void FilesShared(Channel channel, Message message, JsonArray files)
    {
        foreach (var file in files)
        {
            Emit(channel, new JsonObject
            {
                ["type"] = "file_shared",
                ["file_id"] = file.Text("id"),
                ["user_id"] = message.User,
                ["file"] = new JsonObject { ["id"] = file.Text("id") },
                ["channel_id"] = channel.Id,
                ["event_ts"] = state.NextTs(),
            });
        }
    }

    private void Mentioned(Channel channel, Message message)
    {
        var about = new JsonObject
        {
            ["type"] = "app_mention",
            ["user"] = message.User,
            ["text"] = message.Text,
            ["ts"] = message.Ts,
            ["channel"] = channel.Id,
            ["event_ts"] = message.Ts,
            ["team"] = WorkspaceState.TeamId,
        };
        about.SetIf("client_msg_id", message.ClientMessageId);
        about.SetIf("blocks", Json.Copy(message.Blocks));
        about.SetIf("thread_ts", message.ThreadTs);
        Emit(channel, about);
    }
}
