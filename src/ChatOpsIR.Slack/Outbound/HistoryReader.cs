using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Reads messages as history shows them, under the keys that the live events have.</summary>
internal interface IHistoryReader
{
    /// <summary>The message; null when it is none that can be placed in time.</summary>
    RecordedMessage? Read(JsonElement message, RoomId room, BotIdentity me);

    /// <summary>The reactions that it still has. History does not say when they were given.</summary>
    IEnumerable<RecordedMessage> Reactions(JsonElement message, RoomId room, BotIdentity me);
}

internal sealed class HistoryReader : IHistoryReader
{
    /// <summary>How our own posts say which effect they carry out.</summary>
    public const string EffectEvent = "chatopsir_effect";

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1;

    public RecordedMessage? Read(JsonElement message, RoomId room, BotIdentity me)
    {
        if (message.String("ts") is not { } ts || TimeOf(ts) is not { } at)
        {
            return null;
        }

        if (message.String("subtype") is "tombstone")
        {
            var deletion = new ChatRecord(ChatKind.MessageDeleted, room, ts) { ThreadId = ThreadOf(message, ts), Original = ApiJson.Original(message) };
            return new RecordedMessage(new Stamp($"{KeyOf(room, ts)}:del", at, null, Source.Backfill), deletion);
        }

        return Message(message, room, ts, at, EffectOf(message, me), me);
    }

    public IEnumerable<RecordedMessage> Reactions(JsonElement message, RoomId room, BotIdentity me)
    {
        if (message.String("ts") is not { } ts || TimeOf(ts) is not { } at)
        {
            return [];
        }

        return
            from reaction in message.Items("reactions")
            let name = reaction.String("name")
            where name is not null
            from user in reaction.Items("users")
            where user.ValueKind is JsonValueKind.String
            let key = $"{KeyOf(room, ts)}:react:{name}:{user.Decoded()}:seen:0"
            select new RecordedMessage(
                new Stamp(key, at, ActorOf(user.Decoded(), null, me), Source.Backfill),
                new ChatRecord(ChatKind.ReactionAdded, room, ts)
                {
                    ThreadId = ThreadOf(message, ts),
                    Author = AuthorOf(message, me),
                    Reaction = name,
                    Original = ApiJson.Original(reaction),
                });
    }

    /// <summary>A post of our own, as its echo will be recorded.</summary>
    public static RecordedMessage Own(JsonElement message, RoomId room, string ts, EffectKey effect, BotIdentity me)
    {
        var at = TimeOf(ts) ?? throw new ChatOutcomeUnknownException("Slack answered with a message that has no time.");
        var read = Message(message, room, ts, at, effect, me);
        var us = Actor.Of(new PersonId(SlackChatPlatform.PlatformName, me.Team, me.BotUser));
        return new RecordedMessage(read.Stamp with { Actor = us }, read.Record with { Author = us });
    }

    public static EffectKey? EffectOf(JsonElement message, BotIdentity me) =>
        IsOurs(message, me) && message.Child("metadata") is { } metadata && metadata.String("event_type") is EffectEvent &&
        EffectKey.TryParse(metadata.Child("event_payload")?.String("effect"), out var effect)
            ? effect
            : null;

    public static DateTimeOffset? TimeOf(string ts)
    {
        // Seconds and microseconds are whole numbers each: as one fraction they would lose digits.
        if (ts.Split('.') is not [var whole, { Length: 6 } part] ||
            !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LastSecond ||
            !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(microseconds);
    }

    private static RecordedMessage Message(JsonElement message, RoomId room, string ts, DateTimeOffset at, EffectKey? effect, BotIdentity me)
    {
        var author = AuthorOf(message, me);
        var files = FilesOf(message);
        var record = new ChatRecord(KindOf(message.String("subtype")), room, ts)
        {
            ThreadId = ThreadOf(message, ts),
            Author = author,
            Effect = effect,
            FileIds = [.. files.Select(file => file.Id)],
            Files = files,
            Text = message.Child("text") is { ValueKind: JsonValueKind.String } text ? text.Decoded() : null,
            Original = ApiJson.Original(message),
        };
        return new RecordedMessage(new Stamp(KeyOf(room, ts), at, author, effect is null ? Source.Backfill : Source.Self), record);
    }

    // Anybody's app can write our metadata, so only our own messages are believed.
    private static bool IsOurs(JsonElement message, BotIdentity me) =>
        message.String("user") == me.BotUser ||
        (me.BotId is not null && message.String("bot_id") == me.BotId) ||
        (me.AppId is not null && message.String("app_id") == me.AppId);

    private static ImmutableArray<ChatFile> FilesOf(JsonElement message) =>
    [
        .. from file in message.Items("files")
           let id = file.String("id")
           where id is not null
           select new ChatFile(id, file.String("name"), file.Number("size"), file.String("mimetype") ?? file.String("filetype")),
    ];

    private static string KeyOf(RoomId room, string ts) => $"slack:{room.Id}:{ts}";

    private static string? ThreadOf(JsonElement message, string ts) => message.String("thread_ts") is { } thread && thread != ts ? thread : null;

    private static Actor? AuthorOf(JsonElement message, BotIdentity me) => ActorOf(
        message.String("user") ?? message.String("bot_id"),
        message.String("user_team") ?? message.String("source_team") ?? message.String("team"),
        me);

    // A large organisation names itself (E...) in the place of the workspace.
    private static Actor? ActorOf(string? user, string? team, BotIdentity me) =>
        user is null ? null : Actor.Of(new PersonId(SlackChatPlatform.PlatformName, team is null or ['E', ..] ? me.Team : team, user));

    private static ChatKind KindOf(string? subtype) => subtype switch
    {
        "channel_join" or "group_join" => ChatKind.MemberJoined,
        "channel_leave" or "group_leave" => ChatKind.MemberLeft,
        "channel_topic" or "channel_purpose" or "channel_name" or "channel_archive" or "channel_unarchive" or
            "group_topic" or "group_purpose" or "group_name" or "group_archive" or "group_unarchive" or
            "channel_convert_to_private" or "channel_convert_to_public" or "channel_posting_permissions" => ChatKind.RoomChanged,
        _ => ChatKind.Message,
    };
}
