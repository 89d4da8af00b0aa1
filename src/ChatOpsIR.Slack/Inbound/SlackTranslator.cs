using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Slack's events and history to records. Pure.</summary>
internal static class SlackTranslator
{
    /// <summary>The rooms that an event is about. Only the end of a file is about several.</summary>
    public static IEnumerable<RoomId> RoomsOf(JsonElement happening)
    {
        var channel = happening.Id("channel") ?? happening.Child("channel")?.Id("id") ?? happening.Id("channel_id") ??
            happening.Child("item")?.Id("channel") ?? happening.Id("old_channel_id");
        return channel is not null
            ? [SlackPeople.Room(channel)]
            : happening.Items("channel_ids").Where(one => one.ValueKind is JsonValueKind.String).Select(one => SlackPeople.Room(SlackJson.Decoded(one))).Distinct();
    }

    /// <summary>What a war room's event adds to the record; null when another event says it already, or nothing has changed.</summary>
    /// <param name="body">The whole request, kept as it came when the event has a shape we do not know.</param>
    public static RecordedMessage? Translate(
        JsonElement envelope, RoomId room, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, BotIdentity us, IKeyedHash hash) =>
        envelope.Child("event") is { } happening && TryRead(happening, room, us, hash, out var record) && (record is null || SlackIds.AreIn(record))
            ? record
            : Unreadable(envelope, room, body, receivedAt, hash);

    /// <summary>A message of the room's history, or the answer to a post of our own.</summary>
    /// <param name="effect">The effect that a post of our own carries out; null where the message's metadata says it, or nobody does.</param>
    /// <exception cref="FormatException">It has no time stamp.</exception>
    public static RecordedMessage FromHistory(JsonElement message, RoomId room, Source source, BotIdentity us, EffectKey? effect = null)
    {
        var ts = message.Id("ts");
        if (!SlackTime.TryRead(ts, out var at))
        {
            throw new FormatException("A message of Slack's history has no time stamp.");
        }

        if (message.Text("subtype") is not "tombstone")
        {
            return SlackMessages.Read(message, room, ts, at, source, us, effect, message);
        }

        // When it was deleted is not told: not before it was written.
        var deletion = SlackEdits.Deletion(room, ts, at, before: null, message, us, message);
        return deletion with { Stamp = deletion.Stamp with { Source = source } };
    }

    /// <summary>The last edit that a message of the history has seen, under the key that the live event has; null when it has seen none.</summary>
    public static RecordedMessage? EditFromHistory(JsonElement message, RoomId room, Source source, BotIdentity us, IKeyedHash hash)
    {
        var edited = message.Child("edited");
        var editedTs = edited?.Id("ts");
        if (message.Id("ts") is not { } ts || SlackMessages.IsOurs(message, us) || !SlackTime.TryRead(editedTs, out var at))
        {
            return null;
        }

        var edit = SlackEdits.Edit(message, room, ts, editedTs, at, edited?.Id("user"), us, hash, message);
        return edit with { Stamp = edit.Stamp with { Source = source } };
    }

    /// <summary>
    /// Everything that the history tells with a message: itself, its last edit, and the reactions it still has. Those lack the last
    /// part of their key: which of its removals came before, the record knows. What of it cannot be recorded is kept with it as it came.
    /// </summary>
    public static IEnumerable<RecordedMessage> AllFromHistory(JsonElement message, RoomId room, BotIdentity us, IKeyedHash hash)
    {
        if (SlackMessages.IsTwin(message))
        {
            return [];
        }

        var itself = FromHistory(message, room, Source.Backfill, us);
        var isGone = itself.Record.Kind is ChatKind.MessageDeleted;
        RecordedMessage[] edits = !isGone && EditFromHistory(message, room, Source.Backfill, us, hash) is { } edit ? [edit] : [];
        RecordedMessage[] told = [itself, .. edits, .. isGone ? [] : ReactionsFromHistory(message, itself, us)];
        var raw = message.Raw();
        return told.All(SlackIds.AreIn)
            ? told
            : [.. told.Where(SlackIds.AreIn), AsItCame(SlackCauseKeys.Unreadable(null, raw, hash), itself.Stamp.OccurredAt, Source.Backfill, room, raw)];
    }

    private static IEnumerable<RecordedMessage> ReactionsFromHistory(JsonElement message, RecordedMessage itself, BotIdentity us) =>
        from reaction in message.Items("reactions")
        let name = reaction.Id("name")
        where name is not null
        from user in reaction.Items("users")
        where user.ValueKind is JsonValueKind.String
        let who = SlackJson.Decoded(user)
        select new RecordedMessage(
            new Stamp(
                SlackCauseKeys.SeenReaction(itself.Record.Room, itself.Record.MessageId, name, who), itself.Stamp.OccurredAt, SlackPeople.Actor(us, who), Source.Backfill),
            new ChatRecord(ChatKind.ReactionAdded, itself.Record.Room, itself.Record.MessageId)
            {
                ThreadId = itself.Record.ThreadId,
                Author = itself.Record.Author,
                Reaction = name,
                Original = reaction.Raw(),
            });

    private static bool TryRead(JsonElement happening, RoomId room, BotIdentity us, IKeyedHash hash, out RecordedMessage? record)
    {
        record = null;
        switch (happening.Text("type"))
        {
            case "message" when happening.Text("subtype") is "message_changed":
                return SlackEdits.TryReadChange(happening, room, us, hash, out record);
            case "message" when happening.Text("subtype") is "message_deleted":
                return SlackEdits.TryReadDeletion(happening, room, us, out record);
            case "message" when happening.Text("subtype") is "message_replied" || SlackMessages.IsTwin(happening):
                return true;
            case "message" or "app_mention":
                return TryReadMessage(happening, room, us, out record);
            case "reaction_added" or "reaction_removed":
                return TryReadReaction(happening, room, us, out record);
            case "pin_added" or "pin_removed":
                return TryReadPin(happening, room, us, out record);
            case "channel_left" or "group_left":
                return TryReadRoomEvent(happening, room, us, out record, ChatKind.Gap, text:
                    "I was removed from the war room: what is said there from here on is not recorded until somebody invites me again.");
            case "channel_deleted" or "group_deleted":
                return TryReadRoomEvent(happening, room, us, out record, ChatKind.Gap, text: "The war room was deleted: nothing more can be recorded in it.");
            case "channel_id_changed":
                return TryReadNewId(happening, room, us, out record);
            case "file_deleted":
                return TryReadLostFile(happening, room, us, out record);
            case "channel_created" or
                "channel_shared" or "channel_unshared" or "channel_history_changed" or "group_history_changed":
                return TryReadRoomEvent(happening, room, us, out record);

            // Each has a message of its own that is the record.
            case "member_joined_channel" or "member_left_channel" or "channel_rename" or "group_rename" or
                "channel_archive" or "channel_unarchive" or "group_archive" or "group_unarchive" or
                "file_shared" or "file_unshared" or "file_created" or "file_public" or "file_change":
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadMessage(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        var ts = happening.Id("ts");
        record = SlackTime.TryRead(ts, out var at) ? SlackMessages.Read(happening, room, ts, at, Source.Live, us, effect: null, happening) : null;
        return record is not null;
    }

    private static bool TryReadReaction(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        record = null;
        var eventTs = happening.Id("event_ts");
        if (happening.Child("item")?.Id("ts") is not { } ts || happening.Id("reaction") is not { } name || happening.Id("user") is not { } user ||
            !SlackTime.TryRead(eventTs, out var at))
        {
            return false;
        }

        var added = happening.Text("type") is "reaction_added";
        record = new RecordedMessage(
            new Stamp(SlackCauseKeys.Reaction(room, ts, name, user, added, eventTs), at, SlackPeople.Actor(us, user), Source.Live),
            new ChatRecord(added ? ChatKind.ReactionAdded : ChatKind.ReactionRemoved, room, ts)
            {
                Author = SlackPeople.Actor(us, happening.Id("item_user")),
                Reaction = name,
                Original = happening.Raw(),
            });
        return true;
    }

    private static bool TryReadPin(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        var added = happening.Text("type") is "pin_added";
        var pinned = happening.Child("item")?.Child("message");
        var ts = pinned?.Id("ts") ?? "";
        return TryReadRoomEvent(happening, room, us, out record, added ? ChatKind.PinAdded : ChatKind.PinRemoved, ts, pinned);
    }

    private static bool TryReadRoomEvent(
        JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record,
        ChatKind kind = ChatKind.RoomChanged, string ts = "", JsonElement? about = null, string? text = null)
    {
        record = null;
        var eventTs = happening.Id("event_ts");
        if (!SlackTime.TryRead(eventTs, out var at))
        {
            return false;
        }

        var actor = happening.Id("user") ?? happening.Id("actor_id");
        record = new RecordedMessage(
            new Stamp(SlackCauseKeys.RoomEvent(room, happening.Text("type")!, eventTs), at, SlackPeople.Actor(us, actor), Source.Live),
            new ChatRecord(kind, room, ts)
            {
                ThreadId = about is { } message ? SlackMessages.ThreadOf(message, ts) : null,
                Author = SlackPeople.Actor(us, happening.Id("item_user") ?? about?.Id("user")),
                Text = text,
                Original = happening.Raw(),
            });
        return true;
    }

    private static bool TryReadNewId(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        record = null;
        if (happening.Id("new_channel_id") is not { } now || !TryReadRoomEvent(happening, room, us, out var changed))
        {
            return false;
        }

        record = changed! with { Record = changed.Record with { NewRoom = SlackPeople.Room(now) } };
        return true;
    }

    // The message that the file was in changes of its own accord, if it changes; that the file is gone is said here alone.
    private static bool TryReadLostFile(JsonElement happening, RoomId room, BotIdentity us, out RecordedMessage? record)
    {
        record = null;
        if (happening.Id("file_id") is not { } file || !TryReadRoomEvent(happening, room, us, out var changed, text: "A file that was shared here was deleted."))
        {
            return false;
        }

        record = changed! with { Record = changed.Record with { FileIds = [file] } };
        return true;
    }

    private static RecordedMessage Unreadable(JsonElement envelope, RoomId room, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, IKeyedHash hash)
    {
        var at = SlackTime.TryRead(envelope.Child("event")?.Id("event_ts"), out var told) ? told : receivedAt;
        var id = envelope.Id("event_id");
        return AsItCame(SlackCauseKeys.Unreadable(SlackIds.MayBe(id) ? id : null, body, hash), at, Source.Live, room, body.ToArray());
    }

    private static RecordedMessage AsItCame(string key, DateTimeOffset at, Source source, RoomId room, byte[] body) =>
        new(new Stamp(key, at, Actor: null, source), new ChatRecord(ChatKind.Unreadable, room, "") { Original = body });
}
