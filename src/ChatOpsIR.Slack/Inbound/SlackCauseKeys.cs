using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What makes a repeat harmless: the cause keys of the design page, section 4.</summary>
internal static class SlackCauseKeys
{
    public static string Message(RoomId room, string ts) => $"slack:{room.Id}:{ts}";

    public static string Edit(RoomId room, string ts, string editedAt, JsonElement message, IKeyedHash hash) =>
        $"{Message(room, ts)}:edit:{editedAt}:{hash.Of(message.Text("text") ?? "", Blocks(message), Files(message))}";

    public static string Deletion(RoomId room, string ts) => $"{Message(room, ts)}:del";

    public static string Reaction(RoomId room, string ts, string name, string user, bool added, string eventTs) =>
        $"{Message(room, ts)}:react:{name}:{user}:{(added ? "added" : "removed")}:{eventTs}";

    /// <summary>Without its last part, the version of its last removal.</summary>
    public static string SeenReaction(RoomId room, string ts, string name, string user) => $"{Message(room, ts)}:react:{name}:{user}:seen";

    public static string RoomEvent(RoomId room, string type, string eventTs) => $"slack:{room.Id}:{type}:{eventTs}";

    public static string Unreadable(string? eventId, ReadOnlyMemory<byte> body, IKeyedHash hash) =>
        $"slack:event:{eventId ?? hash.Of(Convert.ToBase64String(body.Span))}";

    /// <summary>Slash commands and shortcuts. The trigger is a secret, so only its hash is kept.</summary>
    public static string Command(string triggerId, IKeyedHash hash) => $"slack:cmd:{hash.Of(triggerId)}";

    public static string Button(string messageOrView, string actionTs, string user) => $"slack:act:{messageOrView}:{actionTs}:{user}";

    public static string View(string viewId) => $"slack:view:{viewId}";

    /// <summary>The words of a message, beside the message itself.</summary>
    public static string Words(string messageKey) => $"{messageKey}:cmd";

    /// <summary>The blocks in one spelling, since events and history may escape the same text differently.</summary>
    public static string Blocks(JsonElement message) =>
        message.Member("blocks") is { } blocks ? Spelled(blocks) : "";

    /// <summary>The attachments that somebody wrote: links that Slack unfolds by itself are no change of a message.</summary>
    public static string Attachments(JsonElement message) => string.Concat(message.Items("attachments").Where(IsWritten).Select(Spelled));

    /// <summary>The files by id. One that was taken away stays in the list, as a tombstone.</summary>
    public static string Files(JsonElement message) =>
        string.Join(' ', message.Items("files").Select(file => file.Text("id") + (file.Text("mode") is "tombstone" ? ":gone" : "")));

    private static bool IsWritten(JsonElement attachment) =>
        attachment.Text("from_url") is null && attachment.Text("original_url") is null && !attachment.IsTrue("is_msg_unfurl");

    private static string Spelled(JsonElement element)
    {
        var text = new StringBuilder();
        Spell(element, text);
        return text.ToString();
    }

    private static void Spell(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    text.Append(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property))).Append('=');
                    Spell(property.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Spell(item, text);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                // With its length before it, no text can pass for structure.
                var value = element.Decoded();
                text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
                break;
            default:
                text.Append(element.GetRawText()).Append(';');
                break;
        }
    }
}
