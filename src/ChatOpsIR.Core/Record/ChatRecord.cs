using System.Collections.Immutable;

namespace ChatOpsIR.Core.Record;

/// <summary>What can happen to a room, by the names of the export format (design page, section 11).</summary>
public enum ChatKind
{
    Message,
    MessageEdited,
    MessageDeleted,
    ReactionAdded,
    ReactionRemoved,
    MemberJoined,
    MemberLeft,
    PinAdded,
    PinRemoved,
    RoomChanged,
    Gap,
    Unreadable,
}

/// <summary>Something that happened in a war room. No decision needs it, but for our own posts.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Room">Where.</param>
/// <param name="MessageId">The message it is about, by the platform's id; empty where it is about none.</param>
public sealed record ChatRecord(ChatKind Kind, RoomId Room, string MessageId) : Fact
{
    /// <summary>The message that opened the thread; null at top level.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Who wrote the message (not who edited, deleted or reacted); null when the platform does not say.</summary>
    public Actor? Author { get; init; }

    /// <summary>The reaction's name, without colons.</summary>
    public string? Reaction { get; init; }

    public ImmutableArray<string> FileIds { get; init; } = [];

    /// <summary>The effect that this post of our own carries out; null for everybody else's messages.</summary>
    public EffectKey? Effect { get; init; }

    /// <summary>The id that the platform has given the room instead; <see cref="Room"/> stays the one it was registered with.</summary>
    public RoomId? NewRoom { get; init; }

    public string? Text { get; init; }

    /// <summary>What the text was before an edit or deletion, whenever the platform says so.</summary>
    public string? PreviousText { get; init; }

    public ImmutableArray<ChatFile> Files { get; init; } = [];

    /// <summary>The platform's own JSON object, byte for byte; for <see cref="ChatKind.Unreadable"/> the whole body, which may be no UTF-8.</summary>
    public ReadOnlyMemory<byte> Original { get; init; }
}

/// <summary>A file's metadata. Its bytes stay on the platform.</summary>
/// <param name="Size">In bytes; null when the platform does not say.</param>
public sealed record ChatFile(string Id, string? Name, long? Size, string? Type, string? Sha256 = null);
