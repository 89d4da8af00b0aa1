using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Channels: made, found again, and looked up by whom or what they are for.</summary>
internal sealed class SlackRooms(SlackApi api, ISlackTalk talk, IOptions<SlackOptions> options)
{
    private const int MostSuffixes = 9;
    private const string Kinds = "public_channel,private_channel";
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, string> channels = new(StringComparer.Ordinal);

    public async Task<OpenedRoom> OpenAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken)
    {
        if (lookFirst && await FindOursAsync(wanted, wanted.Name, cancellationToken) is { } there)
        {
            return there;
        }

        for (var suffix = 1; suffix <= MostSuffixes; suffix++)
        {
            var name = suffix == 1 ? wanted.Name : string.Create(CultureInfo.InvariantCulture, $"{wanted.Name}-{suffix}");
            try
            {
                var answer = await api.CallAsync(
                    "conversations.create",
                    json =>
                    {
                        json.WriteString("name", name);
                        json.WriteBoolean("is_private", wanted.Private);
                    },
                    cancellationToken);
                var channel = answer.GetProperty("channel");
                return new OpenedRoom(new RoomId(SlackChatPlatform.PlatformName, channel.GetProperty("id").GetString()!), channel.GetProperty("name").GetString()!);
            }
            catch (ChatRefusedException refused) when (refused.Code is "name_taken")
            {
                // Ours from an attempt whose answer was lost, or somebody else's: then the next name.
                if (await FindOursAsync(wanted, name, cancellationToken) is { } ours)
                {
                    return ours;
                }
            }
        }

        throw new ChatRefusedException("name_taken", $"The channel names {wanted.Name} to {wanted.Name}-{MostSuffixes} are all taken. Rename one of them.");
    }

    public async Task<string> ChannelOfAsync(Destination to, CancellationToken cancellationToken) => to switch
    {
        Destination.Room room => room.Id.Id,
        Destination.DirectMessage message => await DirectAsync(message.Person, cancellationToken),
        _ => await AnnouncementsAsync(cancellationToken),
    };

    private async Task<string> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (channels.TryGetValue(person.User, out var known))
        {
            return known;
        }

        var answer = await api.CallAsync("conversations.open", json => json.WriteString("users", person.User), cancellationToken);
        return channels[person.User] = answer.GetProperty("channel").GetProperty("id").GetString()!;
    }

    private async Task<string> AnnouncementsAsync(CancellationToken cancellationToken)
    {
        var wanted = options.Value.AnnounceChannel?.TrimStart('#');
        if (string.IsNullOrEmpty(wanted))
        {
            throw new ChatRefusedException("no_announce_channel", "No channel is set for announcements. Set Slack__AnnounceChannel.");
        }

        if (channels.TryGetValue($"#{wanted}", out var known))
        {
            return known;
        }

        await foreach (var channel in AllAsync(cancellationToken))
        {
            if (channel.GetProperty("id").GetString() == wanted || channel.GetProperty("name").GetString() == wanted)
            {
                return channels[$"#{wanted}"] = channel.GetProperty("id").GetString()!;
            }
        }

        throw new ChatRefusedException("no_announce_channel", $"There is no channel {wanted}. Mend Slack__AnnounceChannel.");
    }

    private async Task<OpenedRoom?> FindOursAsync(RoomWanted wanted, string name, CancellationToken cancellationToken)
    {
        var us = await talk.WhoAmIAsync(cancellationToken);
        var since = (wanted.Since - ClocksApart).ToUnixTimeSeconds();
        await foreach (var channel in AllAsync(cancellationToken))
        {
            if (channel.GetProperty("name").GetString() == name && channel.GetProperty("creator").GetString() == us.BotUser &&
                channel.GetProperty("created").GetInt64() >= since)
            {
                return new OpenedRoom(new RoomId(SlackChatPlatform.PlatformName, channel.GetProperty("id").GetString()!), name);
            }
        }

        return null;
    }

    private async IAsyncEnumerable<JsonElement> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = "";
        do
        {
            var answer = await api.ReadAsync(
                "conversations.list",
                [new("types", Kinds), new("exclude_archived", "true"), new("limit", "200"), .. Cursor(cursor)],
                cancellationToken);
            foreach (var channel in answer.GetProperty("channels").EnumerateArray())
            {
                yield return channel;
            }

            cursor = SlackHistory.NextCursor(answer);
        }
        while (cursor.Length > 0);
    }

    internal static IEnumerable<KeyValuePair<string, string>> Cursor(string cursor) => cursor.Length == 0 ? [] : [new("cursor", cursor)];
}
