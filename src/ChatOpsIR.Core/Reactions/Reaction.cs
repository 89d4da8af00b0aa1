using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Reactions;

/// <summary>Fact to what must now happen outside. Drawn once, when the fact is decided, and appended with it.</summary>
public static class Reaction
{
    /// <param name="before">The incident as it was.</param>
    /// <param name="now">The incident with the fact folded in.</param>
    public static ImmutableArray<Effect> To(Fact fact, Incident before, Incident now, Policy policy) => fact switch
    {
        IncidentDeclared e => [new OpenRoom(e.Platform, e.Workspace, e.RoomName, e.Private), new TellSubscribers()],
        RoomOpened e => AfterRoom(e, now),

        // Whoever was told of an incident hears how it ended, and that it came back.
        UpdatePosted or IncidentResolved or IncidentReopened => [Tell(now), new TellSubscribers()],
        SeverityChanged e when e.To < e.From => [Tell(now), new TellSubscribers()],
        SeverityChanged or NoteAdded or DecisionRecorded or ImpactStated or UpdateSnoozed or IncidentClosed => [Tell(now)],
        RoleOffered e when now.Room is { } room => [new InviteToRoom(room.Id, [e.Person]), new SendDutyCard(e.Role, e.Person)],
        RoleOffered => [], // told when the room opens
        HandoverOffered e when now.Room is { } room => [new InviteToRoom(room.Id, [e.To]), Tell(now), new TellPerson(e.To)],
        HandoverOffered e => [Tell(now), new TellPerson(e.To)],
        PeopleInvited e when now.Room is { } room => [new InviteToRoom(room.Id, e.People), Tell(now), .. e.People.Select(person => new TellPerson(person))],
        PeopleInvited e => [.. e.People.Select(person => new TellPerson(person))], // invited when the room opens
        RoleAccepted e when now.Room is { } room => [new InviteToRoom(room.Id, [e.Person]), Tell(now), .. Replaced(e, before, now)],
        RoleAccepted e => [Tell(now), .. Replaced(e, before, now)],
        ReminderFired e => [Tell(now), .. Reminded(e, now, policy).Select(person => new TellPerson(person))],
        EffectFailed e => AfterFailure(e, before, now),
        EffectHeld e => AfterHeld(e, before, now),
        EffectDone { Posted: { } posted } e => AfterPost(e.Effect, posted, before),
        ChatRecord { Kind: ChatKind.Gap } when now.Status is Status.Open or Status.Resolved => [.. now.HoldersOf(RoleId.Manager).Select(manager => new TellPerson(manager))],
        ChatRecord { Kind: ChatKind.Message, Effect: { } effect } e => AfterPost(effect, new MessageId(e.Room, e.MessageId), before),
        _ => [],
    };

    // Nobody loses a role without hearing of it.
    private static IEnumerable<TellPerson> Replaced(RoleAccepted accepted, Incident before, Incident now) =>
        before.HoldersOf(accepted.Role).Except(now.HoldersOf(accepted.Role)).Select(holder => new TellPerson(holder));

    /// <summary>Whom a reminder speaks to.</summary>
    public static ImmutableArray<PersonId> Reminded(ReminderFired fired, Incident now, Policy policy) => fired.Kind switch
    {
        ReminderKind.Update => FirstHeld(now, RoleId.Communications).Union(now.HoldersOf(RoleId.Manager)),
        ReminderKind.Escalation => Backup(now, policy).Union(now.HoldersOf(RoleId.Manager)),
        ReminderKind.Acceptance => [.. now.Offers.Where(o => o.Occurrence == fired.Occurrence).Select(o => o.Person).Union(now.HoldersOf(RoleId.Manager))],
        _ => [],
    };

    /// <summary>Those who are called when an update is late: the first backup role that somebody holds, else whoever declared.</summary>
    public static ImmutableArray<PersonId> Backup(Incident now, Policy policy)
    {
        var called = FirstHeld(now, [.. policy.For(now.Severity).Backup]);
        return called.IsEmpty && now.DeclaredBy.Person is { } declarer ? [declarer] : called;
    }

    private static ImmutableArray<Effect> AfterRoom(RoomOpened opened, Incident now)
    {
        var effects = ImmutableArray.CreateBuilder<Effect>();
        effects.Add(new RegisterRoom(opened.Room));
        effects.Add(new PostCard(opened.Room));
        effects.Add(new PinCard(opened.Room));
        if (now.People is { IsEmpty: false } people)
        {
            effects.Add(new InviteToRoom(opened.Room, people));
        }

        effects.AddRange(now.HoldersOf(RoleId.Manager).Select(manager => new SendDutyCard(RoleId.Manager, manager)));
        effects.AddRange(now.Offers.Where(offer => offer.From is null).Select(offer => new SendDutyCard(offer.Role, offer.Person)));
        if (!now.Private)
        {
            effects.Add(new Announce(now.Platform, opened.Workspace));
        }

        return effects.ToImmutable();
    }

    private static ImmutableArray<Effect> AfterFailure(EffectFailed failed, Incident before, Incident now) =>
        !failed.Told ? [] : before.Promised(failed.Effect) is { SpeaksInRoom: true } ? InPerson(now) : TellSomebody(now);

    // Where the room cannot even be looked into, telling it would be held as well.
    private static ImmutableArray<Effect> AfterHeld(EffectHeld held, Incident before, Incident now) => before.Promised(held.Effect) switch
    {
        TellPerson => [],
        { SpeaksInRoom: true } => before.RoomIsShut ? [] : InPerson(now),
        _ => TellSomebody(now),
    };

    // Nobody waits for that post any more, so another has most likely been made: which of the two stays is found out when it is taken back.
    private static ImmutableArray<Effect> AfterPost(EffectKey effect, MessageId posted, Incident before) =>
        effect.Stream != before.Id.Stream || before.Pending.Any(pending => pending.Key == effect) ? [] : [new DeletePost(posted, effect)];

    private static ImmutableArray<Effect> TellSomebody(Incident now) => now.Room is null ? InPerson(now) : [Tell(now)];

    // Whoever manages it, else whoever declared it: where the room hears nothing, they have to know.
    private static ImmutableArray<Effect> InPerson(Incident now) => (now.HoldersOf(RoleId.Manager), now.DeclaredBy.Person) switch
    {
        ({ IsEmpty: false } managers, _) => [.. managers.Select(manager => new TellPerson(manager))],
        (_, { } declarer) => [new TellPerson(declarer)],
        _ => [],
    };

    private static TellRoom Tell(Incident now) => new(now.Platform);

    private static ImmutableArray<PersonId> FirstHeld(Incident now, params ReadOnlySpan<RoleId> roles)
    {
        foreach (var role in roles)
        {
            if (now.HoldersOf(role) is { IsEmpty: false } holders)
            {
                return holders;
            }
        }

        return [];
    }

    private static ImmutableArray<PersonId> Union(this ImmutableArray<PersonId> first, ImmutableArray<PersonId> second) =>
        [.. first.AsEnumerable().Union(second)];
}
