using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What can happen to a channel, whoever causes it: the bot through the Web API, or a person on the page.</summary>
internal sealed class Room(WorkspaceState state, Events events, Posts posts)
{
    public Channel Create(string name, bool isPrivate, string creator)
    {
        ChannelName.Check(name);
        if (state.Channels.Values.Any(existing => existing.Name == name))
        {
            throw new SlackRefusal("name_taken");
        }

        var channel = new Channel
        {
            Id = state.NextId("C"),
            Name = name,
            Kind = isPrivate ? ChannelKind.Private : ChannelKind.Public,
            Creator = creator,
            Created = state.NowSeconds,
        };
        state.Add(channel);
        Enter(channel, creator, inviter: null);
        return channel;
    }

    /// <summary>Somebody becomes a member: a line in the channel and its twin event.</summary>
    public void Enter(Channel channel, string user, string? inviter)
    {
        if (channel.Members.Contains(user))
        {
            return;
        }

        channel.Members.Add(user);
        state.Touch(channel);
        JsonObject extra = [];
        extra.SetIf("inviter", inviter);
        posts.Record(channel, user, "channel_join", $"<@{user}> has joined the channel", extra);
        events.Member(channel, "member_joined_channel", user, inviter);
    }

    public void Leave(Channel channel, string user)
    {
        if (!channel.Members.Contains(user))
        {
            return;
        }

        posts.Record(channel, user, "channel_leave", $"<@{user}> has left the channel");
        events.Member(channel, "member_left_channel", user, inviter: null);
        Remove(channel, user);
    }

    public void Kick(Channel channel, string user, string by)
    {
        events.Member(channel, "member_left_channel", user, inviter: null);
        Remove(channel, user);
        if (user == WorkspaceState.BotUser)
        {
            TellEjected(channel, by);
        }
    }

    public void SetTopic(Channel channel, string topic, string by)
    {
        Guard.Length(topic, 250, "too_long");
        channel.Topic = new Heading(topic, by, state.NowSeconds);
        state.Touch(channel);
        var text = topic.Length == 0 ? $"<@{by}> cleared the channel topic" : $"<@{by}> set the channel topic: {topic}";
        posts.Record(channel, by, "channel_topic", text, new JsonObject { ["topic"] = topic });
    }

    public void SetPurpose(Channel channel, string purpose, string by)
    {
        Guard.Length(purpose, 250, "too_long");
        channel.Purpose = new Heading(purpose, by, state.NowSeconds);
        state.Touch(channel);
        var text = purpose.Length == 0 ? $"<@{by}> cleared the channel purpose" : $"<@{by}> set the channel purpose: {purpose}";
        posts.Record(channel, by, "channel_purpose", text, new JsonObject { ["purpose"] = purpose });
    }

    public void Rename(Channel channel, string name, string by)
    {
        ChannelName.Check(name);
        if (name == channel.Name)
        {
            return;
        }

        if (state.Channels.Values.Any(existing => existing.Name == name))
        {
            throw new SlackRefusal("name_taken");
        }

        var old = channel.Name;
        channel.PreviousNames.Insert(0, old);
        channel.Name = name;
        state.Touch(channel);
        posts.Record(channel, by, "channel_name", $"<@{by}> has renamed the channel from \"{old}\" to \"{name}\"", new JsonObject
        {
            ["name"] = name,
            ["old_name"] = old,
        });
        events.Emit(channel, new JsonObject
        {
            ["type"] = channel.Kind == ChannelKind.Private ? "group_rename" : "channel_rename",
            ["channel"] = new JsonObject
            {
                ["id"] = channel.Id,
                ["is_channel"] = channel.Kind == ChannelKind.Public,
                ["is_mpim"] = false,
                ["name"] = name,
                ["name_normalized"] = name,
                ["created"] = channel.Created,
            },
            ["event_ts"] = state.NextTs(),
        });
    }

    /// <summary>Archiving throws the bot out, and a bot cannot come back by itself.</summary>
    public void Archive(Channel channel, string by)
    {
        if (channel.Archived)
        {
            throw new SlackRefusal("already_archived");
        }

        posts.Record(channel, by, "channel_archive", $"<@{by}> archived the channel");
        events.Emit(channel, new JsonObject
        {
            ["type"] = channel.Kind == ChannelKind.Private ? "group_archive" : "channel_archive",
            ["channel"] = channel.Id,
            ["user"] = by,
            ["is_moved"] = 0,
            ["event_ts"] = state.NextTs(),
        });
        channel.Archived = true;
        Remove(channel, WorkspaceState.BotUser);
    }

    /// <summary>The conversation of two people, opened when it is new.</summary>
    public (Channel Channel, bool WasThere) Direct(string one, string other)
    {
        var found = state.Channels.Values.FirstOrDefault(channel => channel.Kind == ChannelKind.Direct
            && channel.Members.Contains(one) && channel.Members.Contains(other) && (one != other || channel.Members.Count == 1));
        if (found is not null)
        {
            return (found, true);
        }

        var channel = new Channel
        {
            Id = state.NextId("D"),
            Kind = ChannelKind.Direct,
            Creator = one,
            Created = state.NowSeconds,
            Members = one == other ? [one] : [one, other],
        };
        state.Add(channel);
        return (channel, false);
    }

    /// <summary>The app's home belongs to the conversation with its bot.</summary>
    public void OpenHome(string person)
    {
        var home = state.Views.Values.FirstOrDefault(view => view.User == person && view.Type == "home");
        events.HomeOpened(Direct(person, WorkspaceState.BotUser).Channel, person, home);
    }

    private void Remove(Channel channel, string user)
    {
        channel.Members.Remove(user);
        state.Touch(channel);
    }

    private void TellEjected(Channel channel, string by) => events.EmitAlways(channel.Id, new JsonObject
    {
        ["type"] = channel.Kind == ChannelKind.Private ? "group_left" : "channel_left",
        ["channel"] = channel.Id,
        ["actor_id"] = by,
        ["event_ts"] = state.NextTs(),
    });
}

internal static class Guard
{
    /// <summary>Slack counts code points, not UTF-16 units.</summary>
    public static void Length(string text, int most, string error)
    {
        if (CodePoints(text) > most)
        {
            throw new SlackRefusal(error);
        }
    }

    public static int CodePoints(string text) => text.Length < 200 && !text.Any(char.IsSurrogate)
        ? text.Length
        : text.EnumerateRunes().Count();

    public static bool IsTs(string text) => text.Length is >= 12 and <= 20
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
