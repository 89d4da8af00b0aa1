using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Later versions of a message: edits and deletions.</summary>
internal static class SlackEdits
{
    /// <summary>A <c>message_changed</c> event.</summary>
    /// <param name="record">Null when nothing that people wrote has changed.</param>
    /// <returns>False when the event has no shape we know.</returns>
    public static bool TryReadChange(JsonElement happening, RoomId room, BotIdentity us, IKeyedHash hash, out RecordedMessage? record)
    {
        record = null;
        if (happening.Child("message") is not { } message || message.Id("ts") is not { } ts ||
            (happening.Id("event_ts") ?? happening.Id("ts")) is not { } eventTs || !SlackTime.TryRead(eventTs, out var at))
        {
            return false;
        }

        var before = happening.Child("previous_message");
        if (message.Text("subtype") is "tombstone")
        {
            record = Deletion(room, ts, at, before, message, us, happening);
            return true;
        }

        if (!SlackMessages.IsOurs(message, us) && !SlackMessages.IsTwin(message) && HasChanged(message, before))
        {
            var editedTs = message.Child("edited")?.Id("ts");
            var isNewEdit = editedTs != before?.Child("edited")?.Id("ts");
            var editor = isNewEdit ? message.Child("edited")?.Id("user") : null;
            var edit = Edit(message, room, ts, editedTs ?? eventTs, at, editor, us, hash, happening);
            record = edit with { Record = edit.Record with { PreviousText = before?.Text("text") } };
        }

        return true;
    }

    /// <summary>A <c>message_deleted</c> event; the outcome as in <see cref="TryReadChange"/>.</summary>
    public static bool TryReadDeletion(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        record = null;
        var before = happening.Child("previous_message");
        if ((happening.Id("deleted_ts") ?? before?.Id("ts")) is not { } ts || !SlackTime.TryRead(happening.Id("event_ts") ?? happening.Id("ts"), out var at))
        {
            return false;
        }

        // A parent with replies was deleted earlier, and left a tombstone that now goes with its last reply.
        if (before?.Text("subtype") is not "tombstone" && !(before is { } gone && SlackMessages.IsTwin(gone)))
        {
            record = Deletion(room, ts, at, before, before, us, happening);
        }

        return true;
    }

    public static RecordedMessage Edit(
        JsonElement message, RoomId room, string ts, string editedAt, DateTimeOffset at, string? editor, BotIdentity us, IKeyedHash hash,
        JsonElement original)
    {
        var written = SlackMessages.Read(message, room, ts, at, Source.Live, us, effect: null, original);
        return new RecordedMessage(
            new Stamp(SlackCauseKeys.Edit(room, ts, editedAt, message, hash), at, SlackPeople.Actor(us, editor, message.Child("edited")?.Id("team")), Source.Live),
            written.Record with { Kind = ChatKind.MessageEdited });
    }

    public static RecordedMessage Deletion(
        RoomId room, string ts, DateTimeOffset at, JsonElement? before, JsonElement? thread, BotIdentity us, JsonElement original) =>
        new(
            new Stamp(SlackCauseKeys.Deletion(room, ts), at, Actor: null, Source.Live),
            new ChatRecord(ChatKind.MessageDeleted, room, ts)
            {
                ThreadId = thread is { } placed ? SlackMessages.ThreadOf(placed, ts) : null,
                Author = before is { } written ? SlackMessages.AuthorOf(written, us) : null,
                PreviousText = before?.Text("text"),
                Original = original.Raw(),
            });

    private static bool HasChanged(JsonElement message, JsonElement? before)
    {
        if (before is not { } old)
        {
            return message.Child("edited") is not null || !message.Items("attachments").Any();
        }

        return message.Text("text") != old.Text("text") ||
            SlackCauseKeys.Blocks(message) != SlackCauseKeys.Blocks(old) ||
            SlackCauseKeys.Files(message) != SlackCauseKeys.Files(old) ||
            SlackCauseKeys.Attachments(message) != SlackCauseKeys.Attachments(old);
    }
}
