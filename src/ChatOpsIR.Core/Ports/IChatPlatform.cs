using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>What the rules ask of a chat product. Every method may throw one of the <see cref="ChatException"/> exceptions.</summary>
public interface IChatPlatform
{
    /// <summary>The short name that ids of this platform begin with.</summary>
    string Name { get; }

    /// <summary>Opens a room. A name that somebody else has gets a suffix.</summary>
    /// <param name="lookFirst">An earlier attempt may have opened it: adopt that room when it is there.</param>
    Task<OpenedRoom> OpenRoomAsync(RoomWanted wanted, bool lookFirst, CancellationToken cancellationToken);

    /// <summary>Invites people; whoever is in already is fine.</summary>
    /// <returns>Those who could not be invited, with a sentence each. Empty when all are in.</returns>
    Task<ImmutableArray<NotInvited>> InviteAsync(RoomId room, ImmutableArray<PersonId> people, CancellationToken cancellationToken);

    Task SetTopicAsync(RoomId room, string topic, CancellationToken cancellationToken);

    /// <summary>Posts a card once per effect key.</summary>
    /// <param name="lookFirst">An earlier attempt may have posted it: adopt that message when it is there.</param>
    /// <param name="cancellationToken">Calls it off before it is sent. What is on its way already is waited for, or nobody would know what became of it.</param>
    Task<PostedMessage> PostAsync(Post post, bool lookFirst, CancellationToken cancellationToken);

    /// <summary>Every message that carries the post's key. Empty when none does.</summary>
    Task<ImmutableArray<PostedMessage>> FindPostsAsync(Post post, CancellationToken cancellationToken);

    /// <summary>Replaces what a message of our own shows. Called off only before it is sent.</summary>
    Task RepaintAsync(MessageId message, Card card, EffectKey effect, CancellationToken cancellationToken);

    Task PinAsync(MessageId message, CancellationToken cancellationToken);

    /// <summary>Deletes a message of our own; one that is gone already is fine.</summary>
    Task DeleteAsync(MessageId message, CancellationToken cancellationToken);

    /// <summary>
    /// One page of what was said in a room, as records with the same cause keys that live events have. An edit follows its message. A
    /// reaction's key lacks its last part, the version of its last removal, which the record knows.
    /// </summary>
    Task<HistoryPage> ReadHistoryAsync(RoomId room, string? cursor, CancellationToken cancellationToken);

    /// <summary>Asks the platform about an account; null when it does not know it.</summary>
    Task<Person?> LookUpAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Reads the platform's own markup: people and rooms as such, all else as plain text. Needs no call.</summary>
    /// <param name="workspace">Where it was said.</param>
    Words ReadText(string text, string workspace);
}

/// <param name="Name">Lower-case letters, digits and dashes; at most 80 characters.</param>
/// <param name="Since">When the room was promised: an older room of that name is somebody else's.</param>
public sealed record RoomWanted(string Workspace, string Name, bool Private, DateTimeOffset Since)
{
    /// <summary>Rooms of other incidents, which happen to be called the same.</summary>
    public ImmutableArray<RoomId> NotThese { get; init; } = [];
}

public sealed record OpenedRoom(RoomId Room, string Name);

public sealed record NotInvited(PersonId Person, string Explanation);

/// <param name="Since">When the post was promised: what is older cannot be it.</param>
public sealed record Post(Destination To, Card Card, EffectKey Effect, DateTimeOffset Since);

/// <summary>Where a post goes.</summary>
public abstract record Destination
{
    private Destination()
    {
    }

    public sealed record Room(RoomId Id) : Destination;

    public sealed record DirectMessage(PersonId Person) : Destination;

    /// <summary>The channel that the settings name for public announcements.</summary>
    public sealed record Announcements(string Workspace) : Destination;
}

/// <param name="Record">What the record keeps of it, just as the platform's echo would be kept; null outside war rooms.</param>
public sealed record PostedMessage(MessageId Message, RecordedMessage? Record)
{
    /// <summary>An earlier attempt posted it, so that it may show what was so then.</summary>
    public bool Adopted { get; init; }
}

/// <summary>A message with the stamp it is recorded under.</summary>
public sealed record RecordedMessage(Stamp Stamp, ChatRecord Record);

/// <param name="Cursor">Null on the last page.</param>
public sealed record HistoryPage(ImmutableArray<RecordedMessage> Messages, string? Cursor)
{
    /// <summary>Reactions, by message and name, of which the platform does not name everybody.</summary>
    public ImmutableArray<(string MessageId, string? Reaction)> Partly { get; init; } = [];
}
