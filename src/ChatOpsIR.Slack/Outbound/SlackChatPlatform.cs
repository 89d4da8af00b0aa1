using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>What the rules ask of a chat product, said in Slack's words.</summary>
internal sealed class SlackChatPlatform(SlackApi api, ISlackTalk talk, SlackRooms rooms, SlackHistory history) : IChatPlatform
{
    public const string PlatformName = "slack";

    public string Name => PlatformName;

    public Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken) =>
        rooms.OpenAsync(wanted, lookFirst, cancellationToken);

    public async Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var us = await talk.WhoAmIAsync(cancellationToken);
        var missing = ImmutableArray.CreateBuilder<NotInvited>();
        foreach (var person in people.Where(person => person.User != us.BotUser))
        {
            try
            {
                // One by one: a call for several fails as a whole when one of them cannot be invited.
                await api.CallAsync(
                    "conversations.invite",
                    json =>
                    {
                        json.WriteString("channel", room.Id);
                        json.WriteString("users", person.User);
                    },
                    cancellationToken);
            }
            catch (ChatRefusedException refused) when (refused.Code is "already_in_channel" or "cant_invite_self")
            {
                // Already so.
            }
            catch (ChatRefusedException refused) when (refused.Code is not ("missing_scope" or "not_in_channel" or "is_archived"))
            {
                missing.Add(new NotInvited(person, $"{person.User} could not be invited ({refused.Code})."));
            }
        }

        return missing.ToImmutable();
    }

    public Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken) => api.CallAsync(
        "conversations.setTopic",
        json =>
        {
            json.WriteString("channel", room.Id);
            json.WriteString("topic", Mrkdwn.Cut(topic, 250));
        },
        cancellationToken);

    public async Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken)
    {
        var us = await talk.WhoAmIAsync(cancellationToken);
        var channel = await rooms.ChannelOfAsync(post.To, cancellationToken);
        var room = new RoomId(PlatformName, channel);
        if (lookFirst && await history.FindPostAsync(room, post.Effect, post.Since, us, cancellationToken) is { } there)
        {
            return Posted(post, room, there, us);
        }

        var answer = await api.CallAsync("chat.postMessage", json => WritePost(json, channel, post), cancellationToken, channel);
        if (!answer.TryGetProperty("ts", out var ts) || ts.GetString() is not { Length: > 0 })
        {
            throw new ChatOutcomeUnknownException("Slack answered a post without saying which message it became.");
        }

        return Posted(post, room, answer.GetProperty("message"), us);
    }

    public Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken) => api.CallAsync(
        "chat.update",
        json =>
        {
            json.WriteString("channel", message.Room.Id);
            json.WriteString("ts", message.Id);
            BlockKit.WriteMessage(json, card);
        },
        cancellationToken,
        message.Room.Id);

    public Task PinAsync(MessageId message, CancellationToken cancellationToken) =>
        FineIfAsync("already_pinned", "pins.add", "timestamp", message, cancellationToken);

    public Task DeleteAsync(MessageId message, CancellationToken cancellationToken) =>
        FineIfAsync("message_not_found", "chat.delete", "ts", message, cancellationToken);

    public async Task<HistoryPage> ReadHistoryAsync(RoomId room, string? cursor, CancellationToken cancellationToken) =>
        await history.ReadAsync(room, cursor, await talk.WhoAmIAsync(cancellationToken), cancellationToken);

    public async Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.ReadAsync("users.info", [new("user", person.User)], cancellationToken);
            return SlackPerson.Read(answer.GetProperty("user"), person);
        }
        catch (ChatRefusedException refused) when (refused.Code is "user_not_found" or "user_not_visible")
        {
            return null;
        }
    }

    private static void WritePost(Utf8JsonWriter json, string channel, Post post)
    {
        json.WriteString("channel", channel);
        BlockKit.WriteMessage(json, post.Card);
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
        json.WriteStartObject("metadata");
        json.WriteString("event_type", SlackMessages.EffectEvent);
        json.WriteStartObject("event_payload");
        json.WriteString("effect", post.Effect.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A post into a war room is recorded just as its echo would be: whichever comes first writes the entry.
    private static PostedMessage Posted(Post post, RoomId room, JsonElement message, BotIdentity us) => new(
        new MessageId(room, message.GetProperty("ts").GetString()!),
        post.To is Destination.Room ? SlackTranslator.FromHistory(message, room, Source.Self, us, post.Effect) : null);

    private async Task FineIfAsync(string already, string method, string idName, MessageId message, CancellationToken cancellationToken)
    {
        try
        {
            await api.CallAsync(
                method,
                json =>
                {
                    json.WriteString("channel", message.Room.Id);
                    json.WriteString(idName, message.Id);
                },
                cancellationToken);
        }
        catch (ChatRefusedException refused) when (refused.Code == already)
        {
            // Already so.
        }
    }
}
