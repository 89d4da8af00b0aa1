using System.Collections.Immutable;
using System.Diagnostics;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>What decisions, cards and effects need to know of an incident, folded from its stream.</summary>
public sealed record Incident
{
    public IncidentId Id { get; init; }

    /// <summary>How many entries are folded in.</summary>
    public long Version { get; init; }

    /// <summary>Null until entry 1.</summary>
    public Status? Status { get; init; }

    public string Title { get; init; } = "";

    public Severity Severity { get; init; }

    public Phase Phase { get; init; }

    public bool Private { get; init; }

    public string Platform { get; init; } = "";

    public string Workspace { get; init; } = "";

    /// <summary>The name wanted for the war room; <see cref="Rooms"/> says what it became.</summary>
    public string RoomName { get; init; } = "";

    public string Policy { get; init; } = "";

    public DateTimeOffset DeclaredAt { get; init; }

    public Actor DeclaredBy { get; init; }

    public ImmutableArray<WarRoom> Rooms { get; init; } = [];

    /// <summary>Other ids that the platform has given to the war room since.</summary>
    public ImmutableArray<RoomAlias> RoomAliases { get; init; } = [];

    public ImmutableDictionary<RoleId, ImmutableArray<PersonId>> Roles { get; init; } = ImmutableDictionary<RoleId, ImmutableArray<PersonId>>.Empty;

    public ImmutableArray<RoleOffer> Offers { get; init; } = [];

    /// <summary>Runs while updates are owed; null once resolved.</summary>
    public UpdateClock? Clock { get; init; }

    public PostedUpdate? LastUpdate { get; init; }

    /// <summary>What customers feel; null while nobody said.</summary>
    public StatedImpact? Impact { get; init; }

    /// <summary>The latest decisions, oldest first.</summary>
    public ImmutableArray<Remark> Decisions { get; init; } = [];

    /// <summary>The latest notes, oldest first: what is being tried.</summary>
    public ImmutableArray<Remark> Notes { get; init; } = [];

    /// <summary>Asked into the war room without a role.</summary>
    public ImmutableArray<PersonId> Invited { get; init; } = [];

    /// <summary>Promised and not yet done, in the order of intent.</summary>
    public ImmutableArray<PendingEffect> Pending { get; init; } = [];

    /// <summary>Promised, and nothing stands before it: neither a human's choice nor the room or the card that it needs.</summary>
    public IEnumerable<PendingEffect> Ready => Pending.Where(pending => !pending.Held && !Waits(pending.Effect));

    /// <summary>The live card in the war room.</summary>
    public PostedCard? Card { get; init; }

    /// <summary>What was last to be said in the war room could not be: somebody was told in person, and is not told again until it can.</summary>
    public bool RoomIsShut { get; init; }

    /// <summary>Reactions that were read from history, so that the live events which come late add nothing.</summary>
    public ImmutableArray<string> SeenReactions { get; init; } = [];

    /// <summary>Messages without text in the record: what still comes about them loses it too.</summary>
    public ImmutableArray<MessageId> RedactedMessages { get; init; } = [];

    /// <summary>The entries that say what lost its text.</summary>
    public ImmutableArray<long> Redactions { get; init; } = [];

    public bool Exists => Status is not (null or Incidents.Status.Voided);

    public WarRoom? Room => Rooms.IsDefaultOrEmpty ? null : Rooms[0];

    /// <summary>Folds one entry in.</summary>
    public Incident Apply(long version, Stamp stamp, Fact fact, ImmutableArray<Effect> effects)
    {
        var next = Evolve(version, stamp, fact) with { Version = version };
        return effects.IsDefaultOrEmpty
            ? next
            : next with { Pending = next.Pending.AddRange(effects.Select((effect, i) => new PendingEffect(KeyOf(version, i), effect, stamp.OccurredAt))) };
    }

    /// <summary>What a promise that is not kept yet promises; null when nothing waits under that key.</summary>
    public Effect? Promised(EffectKey effect) => Pending.FirstOrDefault(pending => pending.Key == effect)?.Effect;

    public ImmutableArray<PersonId> HoldersOf(RoleId role) => Roles.GetValueOrDefault(role, []);

    public bool IsHeldBy(RoleId role, PersonId person) => HoldersOf(role).Contains(person);

    /// <summary>Whoever declared it, holds a role, was offered one or was asked into its room.</summary>
    public bool Involves(PersonId person) =>
        DeclaredBy.Person == person || HasRole(person) || Offers.Any(offer => offer.Person == person) || Invited.Contains(person);

    public bool HasRole(PersonId person) => Roles.Values.Any(holders => holders.Contains(person));

    /// <summary>Everybody whom <see cref="Involves"/> names, once each.</summary>
    public ImmutableArray<PersonId> People =>
        [.. new[] { DeclaredBy.Person }.OfType<PersonId>()
            .Concat(Roles.OrderBy(role => role.Key.Value, StringComparer.Ordinal).SelectMany(role => role.Value))
            .Concat(Offers.Select(offer => offer.Person))
            .Concat(Invited)
            .Distinct()];

    /// <summary>Whether a live reaction is on record already, read from history.</summary>
    public bool HasSeen(RecordedMessage message) =>
        message is { Record.Kind: ChatKind.ReactionAdded, Stamp.Source: Source.Live } && SeenReactions.Contains(NameOf(message.Stamp, message.Record));

    private static string NameOf(Stamp stamp, ChatRecord reaction) => $"{reaction.MessageId} {reaction.Reaction} {stamp.Actor}";

    private bool Waits(Effect effect) => effect switch
    {
        TellSubscribers => Room is null && Pending.Any(pending => pending.Effect is OpenRoom && !pending.Held),
        TellRoom => Room is null && Pending.Any(pending => pending.Effect is OpenRoom),
        PinCard => Card is null && Pending.Any(pending => pending.Effect is PostCard),
        _ => false,
    };

    private EffectKey KeyOf(long version, int index) => new(Id.Stream, version, index);

    private Incident Evolve(long version, Stamp stamp, Fact fact) => fact switch
    {
        IncidentDeclared e => this with
        {
            Status = Incidents.Status.Open,
            Title = e.Title,
            Severity = e.Severity,
            Private = e.Private,
            Platform = e.Platform,
            Workspace = e.Workspace,
            RoomName = e.RoomName,
            Policy = e.Policy,
            DeclaredAt = stamp.OccurredAt,
            DeclaredBy = stamp.Actor ?? Actor.System,
            Roles = e.Manager is { } manager ? Roles.SetItem(RoleId.Manager, [manager]) : Roles,
            Clock = new UpdateClock(version, stamp.OccurredAt),
        },
        IncidentVoided => this with { Status = Incidents.Status.Voided },
        RoomOpened e => Without(e.Effect) with { RoomIsShut = false, Rooms = Rooms.Add(new WarRoom(e.Room, e.Workspace, e.Name) { Version = version }) },
        SeverityChanged e => this with { Severity = e.To, Clock = Clock?.Rated(version, stamp.OccurredAt) },
        RoleOffered e => WithOffer(new RoleOffer(e.Role, e.Person, version, stamp.OccurredAt)),
        HandoverOffered e => WithOffer(new RoleOffer(e.Role, e.To, version, stamp.OccurredAt) { From = e.From }),
        RoleAccepted e => this with
        {
            Roles = Roles.SetItem(e.Role, e.Replaces ? [e.Person] : [.. HoldersOf(e.Role).Where(holder => holder != e.Person && holder != GiverOf(e)), e.Person]),
            Offers = Offers.RemoveAll(o => o.Role == e.Role && (o.Person == e.Person || e.Replaces)),
        },
        PeopleInvited e => this with { Invited = [.. Invited.Union(e.People)] },
        NoteAdded e => this with { Notes = Remark.Latest(Notes, Remark.Of(e.Text, stamp.OccurredAt, stamp.Actor?.Person) with { Version = version }) },
        DecisionRecorded e => this with { Decisions = Remark.Latest(Decisions, Remark.Of(e.Text, stamp.OccurredAt, e.DecidedBy) with { Version = version }) },
        ImpactStated e => this with { Impact = new StatedImpact(e.Text, e.Affected, stamp.OccurredAt, stamp.Actor?.Person) { Version = version } },
        UpdatePosted e => this with
        {
            LastUpdate = new PostedUpdate(e.Text, stamp.OccurredAt, stamp.Actor) { Version = version },
            Clock = Clock is null ? null : new UpdateClock(version, stamp.OccurredAt),
        },
        UpdateSnoozed e => this with { Clock = new UpdateClock(version, stamp.OccurredAt) { SnoozedUntil = e.Until } },
        IncidentResolved => this with { Status = Incidents.Status.Resolved, Phase = Phase.Review, Clock = null },
        IncidentClosed => this with { Status = Incidents.Status.Closed, Clock = null, Offers = [] },
        IncidentReopened => this with { Status = Incidents.Status.Open, Phase = Phase.Detection, Clock = new UpdateClock(version, stamp.OccurredAt) },
        Redacted e => Redaction.After(this, version, e),
        ReminderFired e => AfterReminder(e),
        EffectStarted e => Touch(e.Effect, pending => pending with { Attempts = e.Attempt, Started = true }),
        EffectFailed e => Without(e.Effect) with { RoomIsShut = RoomIsShut || Promised(e.Effect) is { SpeaksInRoom: true } },
        EffectHeld e => Touch(e.Effect, pending => pending with { Attempts = e.Attempt, Held = true }) with
        {
            RoomIsShut = RoomIsShut || Promised(e.Effect) is { SpeaksInRoom: true },
        },
        EffectReleased e => Touch(e.Effect, pending => pending with { Held = false, Started = false, WantedBy = version }),
        EffectDone { Posted: { } posted } e => AfterOwnPost(e.Effect, posted),
        EffectDone e => Without(e.Effect),
        SubscribersTold e => Without(e.Effect),
        ChatRecord { Kind: ChatKind.Message, Effect: { } effect } e => AfterOwnPost(effect, new MessageId(e.Room, e.MessageId)),
        ChatRecord { Effect: { } effect } => Without(effect),
        ChatRecord { Kind: ChatKind.ReactionAdded } e when stamp.Source is Source.Backfill => this with { SeenReactions = SeenReactions.Add(NameOf(stamp, e)) },
        ChatRecord { NewRoom: { } now } e => this with { RoomAliases = RoomAliases.Add(new RoomAlias(now, e.Room, stamp.OccurredAt)) },
        ChatRecord { Kind: ChatKind.ReactionRemoved } e => this with { SeenReactions = SeenReactions.Remove(NameOf(stamp, e)) },
        ChatRecord => this, // messages are needed by no decision
        _ => throw new UnreachableException($"Incident was never taught about {fact.GetType().Name}."),
    };

    private Incident WithOffer(RoleOffer offer) => this with { Offers = Offers.RemoveAll(o => o.Role == offer.Role && o.Person == offer.Person).Add(offer) };

    // Of a role that several share, only whoever hands it over gives it up.
    private PersonId? GiverOf(RoleAccepted accepted) => Offers.FirstOrDefault(o => o.Role == accepted.Role && o.Person == accepted.Person)?.From;

    private Incident AfterReminder(ReminderFired e) => e.Kind switch
    {
        ReminderKind.Acceptance => this with { Offers = [.. Offers.Select(o => o.Occurrence == e.Occurrence ? o with { Told = true } : o)] },
        _ when Clock is { } clock => this with { Clock = clock.After(e) },
        _ => this,
    };

    private Incident AfterOwnPost(EffectKey effect, MessageId posted)
    {
        var carriedOut = Promised(effect);
        var next = Without(effect) with { RoomIsShut = RoomIsShut && carriedOut is not { SpeaksInRoom: true } };
        return carriedOut is PostCard ? next with { Card = new PostedCard(posted, effect) } : next;
    }

    private Incident Without(EffectKey effect) => this with { Pending = Pending.RemoveAll(pending => pending.Key == effect) };

    private Incident Touch(EffectKey effect, Func<PendingEffect, PendingEffect> change) =>
        this with { Pending = [.. Pending.Select(pending => pending.Key == effect ? change(pending) : pending)] };
}

public sealed record WarRoom(RoomId Id, string Workspace, string Name)
{
    /// <summary>The entry that has the name.</summary>
    public long Version { get; init; }
}

/// <param name="Version">The entry that offered it.</param>
public sealed record RoleOffer(RoleId Role, PersonId Person, long Version, DateTimeOffset At)
{
    /// <summary>Whoever hands the role over, and holds it until it is accepted; null for an offer without a handover.</summary>
    public PersonId? From { get; init; }

    /// <summary>Somebody was told that it has not been accepted.</summary>
    public bool Told { get; init; }

    public string Occurrence => Due.AcceptanceOccurrence(Version);
}

public sealed record PostedUpdate(string Text, DateTimeOffset At, Actor? By)
{
    /// <summary>The entry that has the whole of it.</summary>
    public long Version { get; init; }
}

public sealed record PostedCard(MessageId Message, EffectKey Effect);

/// <summary>An effect that is promised and not done.</summary>
/// <param name="Since">When it was promised.</param>
public sealed record PendingEffect(EffectKey Key, Effect Effect, DateTimeOffset Since)
{
    /// <summary>How often it was tried, as far as the record says.</summary>
    public int Attempts { get; init; }

    /// <summary>An attempt is on record whose end is not.</summary>
    public bool Started { get; init; }

    /// <summary>It waits for a human.</summary>
    public bool Held { get; init; }

    /// <summary>The entry that wants it tried: that which promised it, or the release by a human who looked.</summary>
    public long WantedBy { get; init; } = Key.Version;

    /// <summary>It was held, and a human who looked wants it tried again.</summary>
    public bool IsReleased => WantedBy != Key.Version;
}
