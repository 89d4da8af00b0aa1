using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>
/// Small mutable rows beside the streams, each of which can be rebuilt from them. Its write order is part of the design page
/// (section 4): every row is written before the append that needs it.
/// </summary>
public interface IDirectory
{
    /// <summary>Says that an incident may have something to do; writing it again renews its tag.</summary>
    Task TouchActiveAsync(IncidentId incident, CancellationToken cancellationToken);

    Task<ImmutableArray<ActiveRow>> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>Removes the row unless it was touched after it was read.</summary>
    Task RemoveActiveAsync(ActiveRow row, CancellationToken cancellationToken);

    Task PutRoomAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken);

    /// <summary>Says that the platform has given a room another id. A room that was registered for another incident stays that one's.</summary>
    Task PutRoomAliasAsync(RoomAlias alias, CancellationToken cancellationToken);

    /// <summary>The incident that a room belongs to, by any of its ids. That there is none may change at any moment and is never cached.</summary>
    Task<RegisteredRoom?> FindRoomAsync(RoomId room, CancellationToken cancellationToken);

    /// <summary>The id that the platform knows a room by now: the latest one it was given.</summary>
    /// <param name="room">The id it was registered with.</param>
    Task<RoomId> CurrentRoomAsync(RoomId room, CancellationToken cancellationToken);

    Task PutDueAsync(DueRow row, CancellationToken cancellationToken);

    /// <summary>Rows due at or before a moment, earliest first.</summary>
    Task<ImmutableArray<DueRow>> ListDueAsync(DateTimeOffset until, int most, CancellationToken cancellationToken);

    Task RemoveDueAsync(DueRow row, CancellationToken cancellationToken);

    /// <summary>The fingerprint last painted onto a surface (a card, a topic); null when none was.</summary>
    Task<string?> ReadShownAsync(string surface, CancellationToken cancellationToken);

    Task PutShownAsync(string surface, string fingerprint, CancellationToken cancellationToken);

    /// <summary>A person as last seen; null when unknown or older than an hour.</summary>
    Task<Person?> FindPersonAsync(PersonId person, CancellationToken cancellationToken);

    Task PutPersonAsync(Person person, CancellationToken cancellationToken);

    /// <summary>The delivery ledger of an effect that is for many: a row for each person, in the order of their ids. Empty before it is opened.</summary>
    Task<ImmutableArray<LedgerRow>> ReadLedgerAsync(EffectKey effect, CancellationToken cancellationToken);

    /// <summary>Decides whom an effect is for. The first who does so decides; gives the ledger as it stands.</summary>
    Task<ImmutableArray<LedgerRow>> OpenLedgerAsync(EffectKey effect, ImmutableArray<PersonId> people, CancellationToken cancellationToken);

    /// <summary>Says that a planned delivery is about to be made. False when somebody may have made it: they said so before, or the ledger is gone.</summary>
    Task<bool> BeginDeliveryAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken);

    /// <summary>Says what came of a delivery. The first who does so is right; gives the row as it stands.</summary>
    Task<LedgerRow> SettleDeliveryAsync(EffectKey effect, LedgerRow delivery, CancellationToken cancellationToken);

    /// <summary>Removes the ledgers of an incident of which nothing more is sent.</summary>
    Task RemoveLedgersAsync(IncidentId incident, CancellationToken cancellationToken);
}

/// <param name="First">The id it was registered with, which every record and every cause key has.</param>
public sealed record RegisteredRoom(IncidentId Incident, RoomId First);

/// <param name="Room">The other id.</param>
/// <param name="First">The id that the room was registered with.</param>
/// <param name="Since">When the platform changed it.</param>
public sealed record RoomAlias(RoomId Room, RoomId First, DateTimeOffset Since);

/// <param name="Tag">Changes with every touch.</param>
public sealed record ActiveRow(IncidentId Incident, DateTimeOffset TouchedAt, string Tag);

/// <param name="Bucket">A whole second.</param>
public sealed record DueRow(DateTimeOffset Bucket, IncidentId Incident)
{
    /// <summary>The bucket a moment falls into: its second, rounded up, so that nothing fires early.</summary>
    public static DateTimeOffset BucketOf(DateTimeOffset moment)
    {
        var into = moment.UtcTicks % TimeSpan.TicksPerSecond;
        return new DateTimeOffset(into == 0 ? moment.UtcTicks : moment.UtcTicks - into + TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }
}

/// <summary>What kind of account somebody has. Only members may command; whatever anybody says in a war room is recorded.</summary>
public enum PersonKind
{
    Member,
    Guest,
    Bot,
    Foreign,

    /// <summary>The platform says that there is no such account.</summary>
    Unknown,
}

/// <param name="Name">What chat calls them.</param>
/// <param name="Email">Only when the platform vouches for it.</param>
public sealed record Person(PersonId Id, string Name, string? Email, PersonKind Kind)
{
    /// <summary>The name that a record is read by later, where it is another one than <see cref="Name"/>.</summary>
    public string? FullName { get; init; }
}

/// <summary>How far a delivery has come.</summary>
public enum DeliveryState
{
    Planned,

    /// <summary>It may have been made: look before making it again.</summary>
    Begun,

    Made,

    /// <summary>It is not made, for good.</summary>
    Dropped,
}

/// <summary>One person's row in a delivery ledger.</summary>
public sealed record LedgerRow(PersonId Person, DeliveryState State)
{
    /// <summary>The message that was delivered.</summary>
    public MessageId? Message { get; init; }

    /// <summary>Why it was dropped.</summary>
    public string? Code { get; init; }

    public bool IsSettled => State is DeliveryState.Made or DeliveryState.Dropped;
}
