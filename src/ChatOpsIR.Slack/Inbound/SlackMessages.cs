using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>A message as the record keeps it, the same whether it came as an event, from history or from our own post.</summary>
internal static class SlackMessages
{
    /// <summary>How our own posts say which effect they carry out.</summary>
    public const string EffectEvent = "chatopsir_effect";

    /// <param name="original">The object to keep byte for byte.</param>
    public static RecordedMessage Read(
        JsonElement message, RoomId room, string ts, DateTimeOffset at, Source source, BotIdentity us, EffectKey? effect, JsonElement original)
    {
        effect ??= EffectOf(message, us);
        var author = AuthorOf(message, us);
        var record = new ChatRecord(KindOf(message.Text("subtype")), room, ts)
        {
            ThreadId = ThreadOf(message, ts),
            Author = author,
            FileIds = [.. message.Items("files").Select(file => file.Id("id")).OfType<string>()],
            Files = FilesOf(message),
            Effect = effect,
            Text = message.Text("text"),
            Original = original.Raw(),
        };
        return new RecordedMessage(new Stamp(SlackCauseKeys.Message(room, ts), at, author, effect is null ? source : Source.Self), record);
    }

    public static ImmutableArray<ChatFile> FilesOf(JsonElement message) =>
    [
        .. message.Items("files").Where(file => file.Id("id") is not null)
            .Select(file => new ChatFile(file.Id("id")!, file.Id("name"), file.Number("size"), file.Id("mimetype") ?? file.Id("filetype"))),
    ];

    public static string? ThreadOf(JsonElement message, string ts) => message.Id("thread_ts") is { } thread && thread != ts ? thread : null;

    /// <summary>The account that wrote it; a classic bot, which has no user, by its bot id.</summary>
    public static Actor? AuthorOf(JsonElement message, BotIdentity us) =>
        SlackPeople.Actor(us, message.Id("user") ?? message.Id("bot_id"), TeamOf(message));

    public static string? TeamOf(JsonElement message) => message.Id("user_team") ?? message.Id("source_team") ?? message.Id("team");

    public static bool IsOurs(JsonElement message, BotIdentity us) =>
        message.Id("user") == us.BotUser ||
        (us.BotId is not null && message.Id("bot_id") == us.BotId) ||
        (us.AppId is not null && message.Id("app_id") == us.AppId);

    public static bool IsFromBot(JsonElement message, BotIdentity us) =>
        IsOurs(message, us) || message.Id("bot_id") is not null || message.Text("subtype") is "bot_message" ||
        message.Id("user") is null or "USLACKBOT";

    /// <summary>Whether a new message carries the mark of a promise, whoever wrote it.</summary>
    public static bool CarriesMark(JsonElement message) =>
        message.Text("type") is "message" && message.Child("metadata")?.Text("event_type") is EffectEvent;

    /// <summary>
    /// Whether it only says that something was pinned. Slack says that by an event as well, and by that one alone which message it was.
    /// </summary>
    public static bool IsTwin(JsonElement message) => message.Text("subtype") is "pinned_item";

    // Anybody's app can write our metadata, so only our own messages are believed.
    public static EffectKey? EffectOf(JsonElement message, BotIdentity us) =>
        IsOurs(message, us) && message.Child("metadata") is { } metadata && metadata.Text("event_type") is EffectEvent &&
        EffectKey.TryParse(metadata.Child("event_payload")?.Text("effect"), out var effect)
            ? effect
            : null;

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
