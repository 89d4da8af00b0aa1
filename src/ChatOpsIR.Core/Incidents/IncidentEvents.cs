using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>What can become of an incident. These lines are the storage contract: lines are added, old ones stay as they are.</summary>
public abstract record IncidentEvent : Fact
{
    private protected IncidentEvent()
    {
    }
}

/// <summary>Entry 1 of every incident.</summary>
/// <param name="Platform">Where it was declared, and so where its war room opens.</param>
/// <param name="RoomName">The war room's wanted name; for private incidents a code name that tells nothing.</param>
/// <param name="Manager">Who manages it from the first moment; null when nobody on a chat platform declared it.</param>
/// <param name="Policy">The name of the policy text that the incident follows. What a name stands for never changes.</param>
public sealed record IncidentDeclared(
    string Title,
    Severity Severity,
    bool Private,
    string Platform,
    string Workspace,
    string RoomName,
    PersonId? Manager,
    string Policy) : IncidentEvent
{
    /// <summary>The message that the declaration started from; whoever redacts one redacts the other.</summary>
    public MessageId? MadeFrom { get; init; }
}

/// <summary>Entry 1 instead of <see cref="IncidentDeclared"/>: the number was given out and nothing came of it.</summary>
public sealed record IncidentVoided : IncidentEvent;

public sealed record RoomOpened(EffectKey Effect, RoomId Room, string Workspace, string Name) : IncidentEvent;

public sealed record SeverityChanged(Severity From, Severity To, string? Reason) : IncidentEvent;

public sealed record RoleOffered(RoleId Role, PersonId Person) : IncidentEvent;

/// <param name="Replaces">The role has one holder at a time: whoever held it before gives it up.</param>
public sealed record RoleAccepted(RoleId Role, PersonId Person, bool Replaces) : IncidentEvent;

/// <summary>A role is handed over: offered with a brief. Whoever hands it over holds it until it is accepted.</summary>
public sealed record HandoverOffered(RoleId Role, PersonId From, PersonId To) : IncidentEvent;

/// <summary>People were asked into the war room, to read along and to help.</summary>
public sealed record PeopleInvited(ImmutableArray<PersonId> People) : IncidentEvent;

public sealed record NoteAdded(string Text) : IncidentEvent
{
    /// <summary>The message that it quotes; whoever redacts one redacts the other.</summary>
    public MessageId? MadeFrom { get; init; }
}

/// <param name="DecidedBy">Whose decision it was; whoever wrote it down stands in the stamp.</param>
public sealed record DecisionRecorded(PersonId DecidedBy, string Text) : IncidentEvent;

/// <summary>What customers feel.</summary>
/// <param name="Affected">Who, or how many; null when nobody said.</param>
public sealed record ImpactStated(string Text, string? Affected) : IncidentEvent;

public sealed record UpdatePosted(string Text) : IncidentEvent;

/// <param name="Until">When the next update is due instead.</param>
public sealed record UpdateSnoozed(DateTimeOffset Until, string Reason) : IncidentEvent;

public sealed record IncidentResolved(string Summary) : IncidentEvent;

public sealed record IncidentClosed(string? Reason) : IncidentEvent;

public sealed record IncidentReopened(string Reason) : IncidentEvent;

/// <summary>
/// Entries lose their free text for good, and with it what else holds the text of the messages. Whatever comes about these messages
/// later is recorded without its text.
/// </summary>
/// <param name="Versions">The entries that lose it.</param>
/// <param name="Commitments">What each of them is committed to, in the same order, in lower-case hex.</param>
/// <param name="ApprovedBy">Somebody else than whoever asked for it.</param>
public sealed record Redacted(
    ImmutableArray<long> Versions,
    ImmutableArray<string> Commitments,
    ImmutableArray<MessageId> Messages,
    PersonId RequestedBy,
    PersonId ApprovedBy,
    string Reason) : IncidentEvent;

/// <summary>A due occurrence was told.</summary>
/// <param name="Missed">Reminders that passed while nobody could tell them, the latest of them by name; told together with this one.</param>
public sealed record ReminderFired(
    string Occurrence,
    ReminderKind Kind,
    DateTimeOffset DueAt,
    ImmutableArray<string> Missed,
    RoleId? Role) : IncidentEvent
{
    /// <summary>How many more were missed before those that have a name here: an entry has no room for all of a long time.</summary>
    public int MissedBefore { get; init; }

    /// <summary>All that were missed.</summary>
    public int MissedInAll => MissedBefore + Missed.Length;
}

/// <summary>An effect is about to be tried whose repetition could do harm.</summary>
public sealed record EffectStarted(EffectKey Effect, int Attempt) : IncidentEvent;

/// <summary>An effect was refused for good.</summary>
/// <param name="Code">The platform's word for it, such as <c>missing_scope</c>.</param>
/// <param name="Told">
/// The war room is told; the manager in person where there is none, and where it was the room that could not be told. Nobody is while that
/// goes on, and when it was the telling in person itself that failed.
/// </param>
/// <param name="Explanation">One sentence for people: what failed and what to do.</param>
public sealed record EffectFailed(EffectKey Effect, int Attempt, string Code, bool Told, string Explanation) : IncidentEvent;

/// <summary>Nobody can tell whether an effect happened: a human decides.</summary>
public sealed record EffectHeld(EffectKey Effect, int Attempt, string Code, string Explanation) : IncidentEvent;

/// <summary>A human looked and wants a held effect tried again.</summary>
public sealed record EffectReleased(EffectKey Effect) : IncidentEvent;

/// <summary>An effect that leaves no message of its own in the record is done.</summary>
/// <param name="Posted">The message it left elsewhere, such as a direct message.</param>
/// <param name="Code">What is worth knowing about how it went, such as <c>partly</c>; null when all went well.</param>
public sealed record EffectDone(EffectKey Effect, MessageId? Posted, string? Code, string? Explanation) : IncidentEvent;

/// <summary>Everybody who subscribed was told, or it is known why not. The one entry about as many messages as there were subscribers.</summary>
/// <param name="Told">Who has the message.</param>
/// <param name="NotTold">Who was to be told and was not.</param>
public sealed record SubscribersTold(EffectKey Effect, ImmutableArray<PersonId> Told, ImmutableArray<NotTold> NotTold) : IncidentEvent
{
    /// <summary>How many more were told than have a name here: an entry has no room for all of a large organisation.</summary>
    public int MoreTold { get; init; }

    /// <summary>How many more were not told than have a name here.</summary>
    public int MoreNotTold { get; init; }

    public int ToldInAll => MoreTold + Told.Length;

    public int NotToldInAll => MoreNotTold + NotTold.Length;
}

/// <param name="Code">Why: the platform's word for it, or one of ours, such as <c>unsubscribed</c>.</param>
public sealed record NotTold(PersonId Person, string Code);
