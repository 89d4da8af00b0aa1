using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>What the rules ask for, done in Slack.</summary>
internal sealed class SlackChatPlatform(SlackApi api, SlackRooms rooms, SlackInvitations invitations, SlackHistory history, ISlackTalk talk, IDirectory directory, TimeProvider time)
    : IChatPlatform
{
    public const string PlatformName = "slack";
    private const int LongestTopic = 250;

    public string Name => PlatformName;

    public async Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken) =>
        await rooms.OpenAsync(wanted, lookFirst, await talk.WhoAmIAsync(cancellationToken), cancellationToken);

    public async Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken) =>
        await invitations.InviteAsync(await directory.CurrentRoomAsync(room, cancellationToken), people, await talk.WhoAmIAsync(cancellationToken), cancellationToken);

    public async Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken) =>
        await api.SetTopicAsync(await ChannelAsync(room, cancellationToken), Mrkdwn.Escape(topic.ReplaceLineEndings(" "), LongestTopic), cancellationToken);

    public async Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken)
    {
        var me = await talk.WhoAmIAsync(cancellationToken);
        var channel = await rooms.ChannelOfAsync(post.To, cancellationToken);
        if (lookFirst)
        {
            await foreach (var earlier in EarlierAsync(channel, post, me, cancellationToken))
            {
                return earlier;
            }
        }

        var message = BlockKit.Message(post.Card);
        message["metadata"] = new JsonObject
        {
            ["event_type"] = SlackMessages.EffectEvent,
            ["event_payload"] = new JsonObject { ["effect"] = post.Effect.ToString() },
        };
        message["unfurl_links"] = false;
        message["unfurl_media"] = false;
        var answer = await api.PostAsync(channel, message, cancellationToken);
        return Posted(post, channel, answer.String("ts")!, answer.Child("message") ?? answer, me);
    }

    public async Task<ImmutableArray<PostedMessage>> FindPostsAsync(Post post, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<PostedMessage>();
        var me = await talk.WhoAmIAsync(cancellationToken);
        await foreach (var earlier in EarlierAsync(await rooms.ChannelOfAsync(post.To, cancellationToken), post, me, cancellationToken))
        {
            found.Add(earlier);
        }

        return found.ToImmutable();
    }

    public async Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken) =>
        await api.UpdateAsync(await ChannelAsync(message.Room, cancellationToken), message.Id, BlockKit.Message(card), cancellationToken);

    public async Task PinAsync(MessageId message, CancellationToken cancellationToken) =>
        await AlreadySoAsync(api.PinAsync(await ChannelAsync(message.Room, cancellationToken), message.Id, cancellationToken), "already_pinned");

    public async Task DeleteAsync(MessageId message, CancellationToken cancellationToken) =>
        await AlreadySoAsync(api.DeleteAsync(await ChannelAsync(message.Room, cancellationToken), message.Id, cancellationToken), "message_not_found");

    public Words ReadText(string text, string workspace) =>
        new([.. SlackWords.Pieces(text, new BotIdentity(workspace, "", null, null)).Select(WordsOf)]);

    public async Task<HistoryPage> ReadHistoryAsync(RoomId room, string? cursor, CancellationToken cancellationToken) =>
        await history.ReadAsync(room, await ChannelAsync(room, cancellationToken), cursor, await talk.WhoAmIAsync(cancellationToken), cancellationToken);

    public async Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (person.Platform is not PlatformName)
        {
            return null;
        }

        try
        {
            var me = await talk.WhoAmIAsync(cancellationToken);
            var answer = await api.ReadUserAsync(person.User, cancellationToken);
            return answer.Child("user") is { } user ? SlackPerson.Read(user, person, me) : null;
        }
        catch (ChatRefusedException refused) when (refused.Code is "user_not_found" or "users_not_found" or "user_not_visible")
        {
            return null;
        }
    }

    // Records and keys have the id that a room was registered with; Slack wants the one it has now.
    private async Task<string> ChannelAsync(RoomId room, CancellationToken cancellationToken) =>
        (await directory.CurrentRoomAsync(room, cancellationToken)).Id;

    // Our messages that carry the post's key, the newest first.
    private async IAsyncEnumerable<PostedMessage> EarlierAsync(string channel, Post post, BotIdentity me, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var answer = await LookAsync(channel, SlackClock.Ts(post.Since - SlackClock.Skew), cursor, cancellationToken);
            foreach (var message in answer.Items("messages"))
            {
                if (SlackMessages.EffectOf(message, me) == post.Effect && message.String("ts") is { } ts)
                {
                    yield return Posted(post, channel, ts, message, me) with { Adopted = true };
                }
            }

            cursor = answer.NextCursor();
        }
        while (cursor is not null);
    }

    private async Task<JsonElement> LookAsync(string channel, string oldest, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await PatientReading.PageAsync(() => api.ReadHistoryAsync(channel, oldest, cursor, cancellationToken), time, cancellationToken);
        }
        catch (ChatRefusedException refused) when (refused.Code is "not_in_channel" or "channel_not_found" or "missing_scope")
        {
            throw new ChatCannotLookException(
                refused.Code,
                $"The message may be in the channel already, and the bot may not look there. {refused.Explanation} Or look yourself, and release the post.");
        }
    }

    private static PostedMessage Posted(Post post, string channel, string ts, JsonElement message, BotIdentity me)
    {
        return post.To is Destination.Room { Id: var room }
            ? new PostedMessage(new MessageId(room, ts), Own(message, room, ts, post.Effect, me))
            : new PostedMessage(new MessageId(new RoomId(PlatformName, channel), ts), null);
    }

    // A post of our own, as its echo will be recorded.
    private static RecordedMessage Own(JsonElement message, RoomId room, string ts, EffectKey effect, BotIdentity me)
    {
        if (!SlackTime.TryRead(ts, out var at))
        {
            throw new ChatOutcomeUnknownException("Slack answered with a message that has no time.");
        }

        var read = SlackMessages.Read(message, room, ts, at, Source.Self, me, effect, message);
        var us = SlackPeople.Actor(me, me.BotUser);
        return new RecordedMessage(read.Stamp with { Actor = us }, read.Record with { Author = us });
    }

    private static async Task AlreadySoAsync(Task call, string code)
    {
        try
        {
            await call;
        }
        catch (ChatRefusedException refused) when (refused.Code == code)
        {
        }
    }

    private static Span WordsOf(Piece piece) => piece switch
    {
        PersonPiece person => new Mention(person.Person),
        RoomPiece room => new RoomLink(room.Room, room.Label ?? room.Room.Id),
        TextPiece text => new Plain(text.Text),
        _ => throw new System.Diagnostics.UnreachableException($"Nobody reads a {piece.GetType().Name}."),
    };
}
