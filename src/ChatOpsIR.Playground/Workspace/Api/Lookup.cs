namespace ChatOpsIR.Playground;

/// <summary>What the bot may see and do, as guard lines for the methods.</summary>
internal static class Lookup
{
    /// <summary>A channel that exists for the bot: private ones and other people's DMs do not, unless it is in them.</summary>
    public static Channel Channel(this WorkspaceState state, string id)
    {
        if (state.Channels.TryGetValue(id, out var channel)
            && (channel.Kind == ChannelKind.Public || channel.Members.Contains(WorkspaceState.BotUser)))
        {
            return channel;
        }

        throw new SlackRefusal("channel_not_found");
    }

    public static Channel JoinedChannel(this WorkspaceState state, string id)
    {
        var channel = state.Channel(id);
        return channel.Members.Contains(WorkspaceState.BotUser) ? channel : throw new SlackRefusal("not_in_channel");
    }

    public static Channel ActiveChannel(this WorkspaceState state, string id)
    {
        var channel = state.Channel(id);
        if (channel.Archived)
        {
            throw new SlackRefusal("is_archived");
        }

        return channel.Members.Contains(WorkspaceState.BotUser) ? channel : throw new SlackRefusal("not_in_channel");
    }

    public static void NotDirect(this Channel channel)
    {
        if (channel.Kind == ChannelKind.Direct)
        {
            throw new SlackRefusal("method_not_supported_for_channel_type");
        }
    }

    public static Message Message(this WorkspaceState state, Channel channel, string ts, string refusal = "message_not_found") =>
        state.TryMessage(channel.Id, ts, out var message) && !message.Tombstone ? message : throw new SlackRefusal(refusal);

    public static Person Person(this WorkspaceState state, string id) =>
        state.People.TryGetValue(id, out var person) && !person.Deleted ? person : throw new SlackRefusal("user_not_found");
}
