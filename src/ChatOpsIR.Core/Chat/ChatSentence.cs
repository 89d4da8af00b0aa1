using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What happened in a war room, as the timeline tells it. Who did it stands beside the sentence.</summary>
internal static class ChatSentence
{
    /// <param name="read">The platform's markup to words.</param>
    public static Words Of(ChatRecord record, Func<string, Words> read) => record.Kind switch
    {
        ChatKind.Message => Text(record, "", read).Then(FilesOf(record)),
        ChatKind.MessageEdited => Words.Of(new Strong("Edited:"), " ").Then([.. Text(record, "", read).Spans, FilesOf(record), .. Before(record, read)]),
        ChatKind.MessageDeleted => Words.Of(new Strong("Deleted.")).Then(Before(record, read)),
        ChatKind.ReactionAdded => Words.Of($"Reacted with :{record.Reaction}:"),
        ChatKind.ReactionRemoved => Words.Of($"Took back :{record.Reaction}:"),
        ChatKind.MemberJoined => Text(record, "Joined the room.", read),
        ChatKind.MemberLeft => Text(record, "Left the room.", read),
        ChatKind.PinAdded => Words.Of("Pinned a message."),
        ChatKind.PinRemoved => Words.Of("Unpinned a message."),
        ChatKind.RoomChanged => Text(record, "Changed the room.", read),
        ChatKind.Gap => Words.Of(new Strong("Gap:"), " ").Then([.. Text(record, "what was said here did not reach the record.", read).Spans]),
        _ => Words.Of("Something of a kind that this release does not know. It is kept as it came."),
    };

    private static string FilesOf(ChatRecord record) => record.Files.IsDefaultOrEmpty
        ? ""
        : $"{(string.IsNullOrEmpty(record.Text) ? "" : "\n")}[{string.Join(", ", record.Files.Select(file => file.Name ?? file.Id))}]";

    private static Words Text(ChatRecord record, string otherwise, Func<string, Words> read) =>
        record.Text is { Length: > 0 } text ? read(text) : Words.Of(otherwise);

    private static Span[] Before(ChatRecord record, Func<string, Words> read) =>
        record.PreviousText is { Length: > 0 } text ? ["\nBefore: ", .. read(text).Spans] : [];
}
