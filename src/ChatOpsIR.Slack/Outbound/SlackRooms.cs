using System.Collections.Concurrent;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Opens and finds channels.</summary>
internal sealed class SlackRooms(SlackApi api, IDirectory directory, IOptions<SlackOptions> options, TimeProvider time)
{
    // Slack keeps the direct channel of two accounts, and the id of a channel, for good.
    private readonly ConcurrentDictionary<string, string> directChannels = new();
    private readonly ConcurrentDictionary<string, string> namedChannels = new();

    public async Task<OpenedRoom> OpenAsync(RoomWanted wanted, bool lookFirst, BotIdentity me, CancellationToken cancellationToken)
    {
        if (lookFirst && await LookForOwnAsync(wanted, me, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        foreach (var name in RoomNames.Candidates(wanted.Name))
        {
            if (await TryCreateAsync(name, wanted.Private, cancellationToken) is { } created)
            {
                return created;
            }

            // Two private incidents may have drawn the same code name: only a room that an earlier attempt may have opened is ours.
            if (lookFirst && await TryFindOwnAsync([name], wanted, me, cancellationToken) is { } own)
            {
                return own;
            }
        }

        throw new ChatRefusedException("name_taken", $"All names from {RoomNames.Sanitise(wanted.Name)} to its ninth are taken: rename old channels.");
    }

    /// <summary>The id of the channel to post in.</summary>
    public async Task<string> ChannelOfAsync(Destination to, CancellationToken cancellationToken) => to switch
    {
        Destination.Room room => (await directory.CurrentRoomAsync(room.Id, cancellationToken)).Id,
        Destination.DirectMessage { Person.Platform: not SlackChatPlatform.PlatformName } =>
            throw new ChatRefusedException("user_not_found", "They have no account in this Slack workspace: tell them another way."),
        Destination.DirectMessage direct => await DirectAsync(direct.Person.User, cancellationToken),
        _ => await AnnouncementsAsync(cancellationToken),
    };

    private async Task<OpenedRoom?> TryCreateAsync(string name, bool isPrivate, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.CreateChannelAsync(name, isPrivate, cancellationToken);
            return answer.Child("channel") is { } channel && channel.String("id") is { } id
                ? new OpenedRoom(new RoomId(SlackChatPlatform.PlatformName, id), channel.String("name") ?? name)
                : throw new ChatOutcomeUnknownException("Slack opened a channel and did not say which.");
        }
        catch (ChatRefusedException refused) when (refused.Code is "name_taken")
        {
            return null;
        }
    }

    private async Task<OpenedRoom?> LookForOwnAsync(RoomWanted wanted, BotIdentity me, CancellationToken cancellationToken)
    {
        try
        {
            return await FindOwnAsync([.. RoomNames.Candidates(wanted.Name)], wanted, me, cancellationToken);
        }
        catch (ChatRefusedException refused)
        {
            throw new ChatCannotLookException(
                refused.Code, $"The room may be open already, and the bot may not list channels. {refused.Explanation}");
        }
    }

    /// <summary>Where we may not list channels, the name counts as somebody else's.</summary>
    private async Task<OpenedRoom?> TryFindOwnAsync(string[] names, RoomWanted wanted, BotIdentity me, CancellationToken cancellationToken)
    {
        try
        {
            return await FindOwnAsync(names, wanted, me, cancellationToken);
        }
        catch (ChatRefusedException)
        {
            return null;
        }
    }

    private Task<OpenedRoom?> FindOwnAsync(string[] names, RoomWanted wanted, BotIdentity me, CancellationToken cancellationToken)
    {
        var since = (wanted.Since - SlackClock.Skew).ToUnixTimeSeconds();
        return FindAsync(
            channel => names.Contains(channel.String("name")) && channel.String("creator") == me.BotUser &&
                channel.Number("created") >= since && channel.Is("is_private") == wanted.Private &&
                wanted.NotThese.All(other => other.Id != channel.String("id")),
            cancellationToken);
    }

    private async Task<OpenedRoom?> FindAsync(Func<JsonElement, bool> isMeant, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var place = cursor;
            var answer = await PatientReading.PageAsync(() => api.ListChannelsAsync(place, cancellationToken), time, cancellationToken);
            foreach (var channel in answer.Items("channels").Where(isMeant))
            {
                if (channel.String("id") is { } id)
                {
                    return new OpenedRoom(new RoomId(SlackChatPlatform.PlatformName, id), channel.String("name") ?? id);
                }
            }

            cursor = answer.NextCursor();
        }
        while (cursor is not null);
        return null;
    }

    private async Task<string> DirectAsync(string user, CancellationToken cancellationToken)
    {
        if (directChannels.TryGetValue(user, out var known))
        {
            return known;
        }

        var answer = await api.OpenDirectMessageAsync(user, cancellationToken);
        var channel = answer.Child("channel")?.String("id") ?? throw new ChatOutcomeUnknownException("Slack did not say where to write to that person.");
        return directChannels[user] = channel;
    }

    private async Task<string> AnnouncementsAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AnnounceChannel?.Trim().TrimStart('#') is not { Length: > 0 } wanted)
        {
            throw new ChatRefusedException("no_announce_channel", "No channel for announcements is configured: set Slack__AnnounceChannel to its id or name.");
        }

        if (IsChannelId(wanted))
        {
            return wanted;
        }

        if (namedChannels.TryGetValue(wanted, out var known))
        {
            return known;
        }

        var found = await FindAsync(channel => channel.String("name") == wanted, cancellationToken) ??
            throw new ChatRefusedException("channel_not_found", $"There is no channel #{wanted} for announcements: create it, or mend Slack__AnnounceChannel.");
        return namedChannels[wanted] = found.Room.Id;
    }

    // Names are lower-case, ids are not.
    private static bool IsChannelId(string text) => text is ['C' or 'G', ..] && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
