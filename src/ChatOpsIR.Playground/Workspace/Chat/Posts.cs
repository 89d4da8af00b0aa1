using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What can happen to a message, whoever causes it.</summary>
internal sealed class Posts(WorkspaceState state, Events events)
{
    public Message Post(Channel channel, Message message)
    {
        if (message.IsReply && state.TryMessage(channel.Id, message.ThreadTs!, out var parent) && parent.ThreadTs is null)
        {
            parent.ThreadTs = parent.Ts;
            state.Touch(parent);
        }

        state.Add(message);
        if (channel.LastRead.ContainsKey(message.User) || message.ClientMessageId is not null)
        {
            channel.LastRead[message.User] = message.Ts;
            state.Touch(channel);
        }

        events.Posted(channel, message);
        return message;
    }

    /// <summary>A line that Slack itself writes: somebody joined, the topic changed.</summary>
    public void Record(Channel channel, string user, string subtype, string text, JsonObject? extra = null) => Post(channel, new Message
    {
        Channel = channel.Id,
        Ts = state.NextTs(),
        User = user,
        Text = text,
        Subtype = subtype,
        Extra = extra,
    });

    /// <summary>An answer for everybody. It needs no membership, as an answer to a command does not.</summary>
    public void PostByBot(Channel channel, Content content, string? thread) => Post(channel, new Message
    {
        Channel = channel.Id,
        Ts = state.NextTs(),
        User = WorkspaceState.BotUser,
        FromBot = true,
        Text = content.Text,
        Blocks = content.Blocks,
        Attachments = content.Attachments,
        ThreadTs = thread is not null && state.TryMessage(channel.Id, thread, out var parent) ? parent.ThreadTs ?? parent.Ts : null,
    });

    public void Edit(Channel channel, Message message, string by, Action<Message> change)
    {
        var previous = MessageShapes.Inner(state, message, current: false);
        message.EarlierTexts.Add(message.Text);
        change(message);
        message.Edited = new Edited(by, $"{state.NowSeconds:D10}.000000");
        state.Touch(message);
        events.Changed(channel, message, previous);
    }

    /// <summary>A parent with replies leaves a tombstone. The last reply of a tombstone takes the stone along.</summary>
    public void Delete(Channel channel, Message message, string by)
    {
        var previous = MessageShapes.Inner(state, message, current: false);
        message.GoneBy = by;
        message.GoneAt = state.NowSeconds;
        message.Pinned = null;
        state.Touch(message);
        if (state.RepliesTo(message).Any())
        {
            message.Tombstone = true;
            events.Changed(channel, message, previous);
            return;
        }

        message.Deleted = true;
        events.Deleted(channel, message.Ts, previous);
        if (message.IsReply && state.TryMessage(channel.Id, message.ThreadTs!, out var parent) && parent.Tombstone && !state.RepliesTo(parent).Any())
        {
            var stone = MessageShapes.Stored(state, parent);
            parent.Deleted = true;
            state.Touch(parent);
            events.Deleted(channel, parent.Ts, stone);
        }
    }

    /// <summary>The message stays, with a stone where the file was.</summary>
    public void DeleteFile(Channel channel, Message message, JsonNode file)
    {
        var previous = MessageShapes.Inner(state, message, current: false);
        var id = file.Text("id")!;
        file.ReplaceWith(FileShapes.Gone(id));
        state.Forget(id);
        state.Touch(message);
        events.FileDeleted(channel, id);
        events.Changed(channel, message, previous);
    }

    public void React(Channel channel, Message message, string user, string name)
    {
        var reaction = message.Reactions.Find(existing => existing.Name == name);
        if (reaction?.Users.Contains(user) == true)
        {
            throw new SlackRefusal("already_reacted");
        }

        if (reaction is null)
        {
            message.Reactions.Add(reaction = new Reaction { Name = name });
        }

        reaction.Users.Add(user);
        state.Touch(message);
        events.Reaction(channel, message, "reaction_added", user, name);
    }

    public void Unreact(Channel channel, Message message, string user, string name)
    {
        if (message.Reactions.Find(existing => existing.Name == name) is not { } reaction || !reaction.Users.Remove(user))
        {
            throw new SlackRefusal("no_reaction");
        }

        if (reaction.Users.Count == 0)
        {
            message.Reactions.Remove(reaction);
        }

        state.Touch(message);
        events.Reaction(channel, message, "reaction_removed", user, name);
    }

    public void Pin(Channel channel, Message message, string user)
    {
        if (message.Pinned is not null)
        {
            throw new SlackRefusal("already_pinned");
        }

        if (PinsOf(channel).Count() >= 100)
        {
            throw new SlackRefusal("too_many_pins");
        }

        message.Pinned = new Pinned(user, state.NowSeconds);
        state.Touch(message);
        events.Pin(channel, message, "pin_added", user, message.Pinned, PinsOf(channel).Count());
    }

    public void Unpin(Channel channel, Message message, string user)
    {
        if (message.Pinned is not { } pinned)
        {
            throw new SlackRefusal("not_pinned");
        }

        message.Pinned = null;
        state.Touch(message);
        events.Pin(channel, message, "pin_removed", user, pinned, PinsOf(channel).Count());
    }

    public IEnumerable<Message> PinsOf(Channel channel) =>
        state.MessagesOf(channel.Id).Where(message => message is { Pinned: not null, Deleted: false, Tombstone: false });
}
