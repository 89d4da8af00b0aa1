using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>The way in for adapters: everything that people type, press, send in or say in a room.</summary>
public interface IDesk
{
    /// <summary>Carries out a typed command or a pressed button. What it answers as done is durable.</summary>
    /// <exception cref="StoreException">The store did not answer in time: nobody knows whether it was done.</exception>
    Task<Answer> SayAsync(Said said, CancellationToken cancellationToken);

    /// <summary>Carries out a form.</summary>
    /// <exception cref="StoreException">The store did not answer in time.</exception>
    Task<Answer> SubmitAsync(Submitted form, CancellationToken cancellationToken);

    /// <summary>What concerns one person at a moment: their incidents, their roles, and what waits for them.</summary>
    /// <param name="kind">What the request itself says about the account; null when it says nothing.</param>
    /// <exception cref="StoreException">The store did not answer in time.</exception>
    Task<Card> HomeAsync(PersonId who, PersonKind? kind, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The open incidents that a person may know of, newest first, for a <see cref="FieldKind.Incident"/> field.</summary>
    /// <param name="typed">Parts of a number or a title; empty for all.</param>
    /// <exception cref="StoreException">The store did not answer in time.</exception>
    Task<ImmutableArray<Choice>> ChoicesAsync(PersonId who, PersonKind? kind, string typed, CancellationToken cancellationToken);

    /// <summary>Records something that happened in a room; false when the room belongs to no incident and nothing was kept.</summary>
    /// <exception cref="StoreException">The store did not answer in time: the platform should send it again.</exception>
    Task<bool> RecordAsync(RecordedMessage message, CancellationToken cancellationToken);

    /// <summary>A message of our own is there, in a room that belongs to no incident: makes sure that it is the only one that keeps its promise.</summary>
    /// <param name="effect">The promise that it carries.</param>
    /// <exception cref="StoreException">The store did not answer in time: the platform should send it again.</exception>
    Task HearEchoAsync(EffectKey effect, MessageId message, CancellationToken cancellationToken);

    /// <summary>Something may have been missed in a room: its history is read again, soon.</summary>
    Task CatchUpAsync(RoomId room, CancellationToken cancellationToken);

    /// <summary>Something may have been missed everywhere since a moment.</summary>
    void CatchUpEverywhere(DateTimeOffset since);

    /// <summary>
    /// The id under which a room's happenings are recorded: the one it was registered with. Null when it belongs to no incident, so that
    /// an adapter need not read what it must not keep.
    /// </summary>
    Task<RoomId?> FindRoomAsync(RoomId room, CancellationToken cancellationToken);
}
