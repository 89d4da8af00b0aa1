namespace ChatOpsIR.Playground;

/// <summary>What one person sees, and what they have not seen yet.</summary>
internal static class Sight
{
    public static bool CanSee(ChannelView channel, string person) => channel.Kind == ChannelKind.Public || channel.Members.Contains(person);

    public static string Label(WorkspaceView view, ChannelView channel, string me) => channel.Kind == ChannelKind.Direct
        ? view.Person(channel.Members.FirstOrDefault(member => member != me) ?? me)?.Name ?? channel.Id
        : channel.Name;

    /// <summary>Messages of others in the channel after the last one read. Nothing counts before the first visit but in direct messages and
    /// in channels that the person was brought into.</summary>
    public static IEnumerable<MessageView> Unread(ChannelView channel, string me)
    {
        if (!channel.Members.Contains(me))
        {
            return [];
        }

        var read = channel.LastRead.GetValueOrDefault(me, "");
        return channel.Messages.Where(message => message.Visible && message.User != me && (!message.IsReply || message.Broadcast)
            && message.Subtype is null && string.CompareOrdinal(message.Ts, read) > 0);
    }

    public static int Mentions(ChannelView channel, string me) => channel.Kind == ChannelKind.Direct
        ? Unread(channel, me).Count()
        : Unread(channel, me).Count(message => message.Text.Contains($"<@{me}>", StringComparison.Ordinal));

    /// <summary>How much waits for somebody: direct messages and mentions.</summary>
    public static int Waiting(WorkspaceView view, string person) => view.Channels.Sum(channel => Mentions(channel, person));
}
