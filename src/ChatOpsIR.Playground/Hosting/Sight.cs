namespace ChatOpsIR.Playground;

/// <summary>What one person sees, and what they have not seen yet.</summary>
internal static class Sight
{
    private static readonly string[] Everybody = ["<!here>", "<!channel>", "<!everyone>"];

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

    /// <summary>In a channel, what calls somebody by name or calls everybody, in threads too: nobody would look there otherwise.</summary>
    public static int Mentions(ChannelView channel, string me)
    {
        if (channel.Kind == ChannelKind.Direct)
        {
            return Unread(channel, me).Count();
        }

        var read = channel.LastRead.GetValueOrDefault(me, "");
        return !channel.Members.Contains(me) ? 0 : channel.Messages.Count(message => message.Visible && message.Subtype is null
            && message.User != me && string.CompareOrdinal(message.Ts, read) > 0 && Calls(message.Text, me));
    }

    private static bool Calls(string text, string me) =>
        text.Contains($"<@{me}>", StringComparison.Ordinal) || Everybody.Any(word => text.Contains(word, StringComparison.Ordinal));

    /// <summary>How much waits for somebody: direct messages and mentions.</summary>
    public static int Waiting(WorkspaceView view, string person) => view.Channels.Sum(channel => Mentions(channel, person));
}
