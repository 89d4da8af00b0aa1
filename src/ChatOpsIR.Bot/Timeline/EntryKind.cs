using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>What readers choose between.</summary>
public enum EntryKind
{
    Facts,
    Messages,
    Changes,
    Gaps,
    Reactions,
}

internal static class EntryKinds
{
    /// <summary>Reactions are folded to their messages, so they have no rows unless somebody asks for them.</summary>
    public static readonly IReadOnlySet<EntryKind> Usual = new HashSet<EntryKind> { EntryKind.Facts, EntryKind.Messages, EntryKind.Changes, EntryKind.Gaps };

    public static EntryKind Of(Entry entry) => entry switch
    {
        { Redacted: true } => EntryKind.Gaps,
        { Fact: ChatRecord chat } => chat.Kind switch
        {
            ChatKind.Message => EntryKind.Messages,
            ChatKind.MessageEdited or ChatKind.MessageDeleted => EntryKind.Changes,
            ChatKind.Gap or ChatKind.Unreadable => EntryKind.Gaps,
            _ => EntryKind.Reactions,
        },
        _ => EntryKind.Facts,
    };

    public static string Title(EntryKind kind) => kind switch
    {
        EntryKind.Facts => "Facts and decisions",
        EntryKind.Messages => "Messages",
        EntryKind.Changes => "Edits and deletions",
        EntryKind.Gaps => "Gaps and removals",
        _ => "Reactions and joins",
    };

    public static string Word(EntryKind kind) => kind.ToString().ToLowerInvariant();
}
