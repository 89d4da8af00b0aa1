using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>Incident to cards. Pure, so that the same state always looks the same and is painted once.</summary>
public static class IncidentCards
{
    /// <summary>The live card that is pinned in the war room, and the answer to <c>status</c>.</summary>
    public static Card Live(Incident incident, Policy policy)
    {
        var head = $"{incident.Id} {incident.Title}";
        var parts = ImmutableArray.CreateBuilder<CardPart>();
        parts.Add(new Heading(head));
        parts.Add(new Facts(
        [
            new("Severity", Words.Of($"{SeverityWords.Title(incident.Severity)}: {policy.For(incident.Severity).Meaning}")),
            new("Status", Words.Of(incident.Status is Status.Open ? SeverityWords.Title(incident.Phase) : SeverityWords.Title(incident.Status))),
            new("Incident Manager", People(incident.HoldersOf(RoleId.Manager))),
            new("Communications Officer", People(incident.HoldersOf(RoleId.Communications))),
            new("Declared", Words.Of(new Moment(incident.DeclaredAt))),
            new("Next update", Due.NextUpdate(incident, policy) is { } due ? Words.Of(new Moment(due)) : Words.Of("none due")),
        ]));
        if (incident.Impact is { } impact)
        {
            parts.Add(new Paragraph(Impact(impact)));
        }

        if (incident.LastUpdate is { } update)
        {
            parts.Add(new Paragraph(Words.Of(new Strong("Latest update"), " ", new Moment(update.At), "\n", update.Text)));
        }

        if (Room(incident) is { } room)
        {
            parts.Add(new Aside(Words.Of(incident.Private ? "Private. War room: " : "War room: ", room)));
        }

        parts.Add(new Buttons(Actions(incident)));
        return new Card($"{head}. {SeverityWords.Title(incident.Severity)}, {SeverityWords.Title(incident.Status).ToLowerInvariant()}.", parts.ToImmutable());
    }

    /// <summary>The room's topic: at most 250 characters, no markup.</summary>
    public static string Topic(Incident incident, Policy policy)
    {
        var due = Due.NextUpdate(incident, policy) is { } at ? string.Create(CultureInfo.InvariantCulture, $" Next update {at:HH:mm} UTC.") : "";
        var state = incident.Status is Status.Open ? SeverityWords.Title(incident.Phase) : SeverityWords.Title(incident.Status);
        return $"{SeverityWords.Title(incident.Severity)}, {state}.{due} {incident.Id} {incident.Title}";
    }

    /// <summary>What the organisation's announcement channel is told.</summary>
    public static Card Announcement(Incident incident) => Card.Of(
        $"{incident.Id} {SeverityWords.Title(incident.Severity)}: {incident.Title}",
        new Paragraph(Words.Of(new Strong($"{incident.Id} {SeverityWords.Title(incident.Severity)}"), " ", incident.Title)),
        new Aside(Words.Of("Declared ", new Moment(incident.DeclaredAt), ". War room: ", Room(incident) ?? new Plain("not open yet"))),
        new Buttons([new Button("Subscribe", incident.Id, "subscribe")]));

    /// <summary>What a role asks of its holder, or of somebody who is asked to hold it.</summary>
    public static Card Duty(Incident incident, RoleId role, PersonId person, Policy policy)
    {
        var duty = policy.For(role);
        var asked = incident.Offers.Any(offer => offer.Role == role && offer.Person == person);
        var opening = asked ? $"You are asked to be {duty.Title} of {incident.Id}." : $"You are {duty.Title} of {incident.Id}.";
        return Card.Of(
            $"{opening} {incident.Title}",
            new Heading(opening),
            new Paragraph(Words.Of(new Strong(SeverityWords.Title(incident.Severity)), " ", incident.Title)),
            new Paragraph(Words.Of(duty.Duty)),
            new Aside(Words.Of("War room: ", Room(incident) ?? new Plain("not open yet"))),
            new Buttons(asked ? [new Button("Accept the role", incident.Id, $"accept {role}", ButtonStyle.Primary)] : [new Button("Show where it stands", incident.Id, "status")]));
    }

    /// <summary>Tells a person about a fact: the same as in the war room, and which incident it is about.</summary>
    /// <param name="unsaid">What the war room could not be told, when that is the fact.</param>
    public static Card ToldInPerson(Incident incident, Entry entry, Entry? unsaid, Policy policy)
    {
        var told = Told(incident, entry, policy);
        var about = new Aside(Words.Of(new Strong($"{incident.Id}"), " ", incident.Title, Room(incident) is null ? "" : " in ", Room(incident) ?? new Plain("")));
        return told with { Parts = [.. told.Parts.Where(part => part is not Buttons), .. Unsaid(unsaid, policy), about, .. told.Parts.Where(part => part is Buttons), .. TakeBack(incident, entry.Fact, policy)] };
    }

    // Whoever held a role is told that another has it.
    private static Buttons[] TakeBack(Incident incident, Fact fact, Policy policy) => fact is not RoleAccepted { Role: var role } ? [] :
    [
        new Buttons([new Button("Take it back", incident.Id, $"role {role} me", Confirm: $"You will be {policy.For(role).Title} again, at once.")]),
    ];

    private static CardPart[] Unsaid(Entry? unsaid, Policy policy) => unsaid is null ? [] :
    [
        new Paragraph(Words.Of(new Strong("The war room was not told: ")).Then([.. FactSentence.Of(unsaid.Fact, unsaid.Stamp.Actor?.Person, policy).Spans])),
        new Aside(Words.Of("You hear of this once. Until the room takes what I say again, ", new Code("/incident timeline"), " shows the rest.")),
    ];

    /// <summary>Tells the war room about a fact.</summary>
    public static Card Told(Incident incident, Entry entry, Policy policy)
    {
        var sentence = FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy);
        var summary = Words.Of($"{incident.Id}: ").Then([.. sentence.Spans]);
        return entry.Fact switch
        {
            HandoverOffered e => Card.Of(
                summary,
                [
                    new Paragraph(sentence),
                    .. Brief.Of(incident, entry.Stamp.OccurredAt, policy),
                    new Buttons([new Button("Accept the role", incident.Id, $"accept {e.Role}", ButtonStyle.Primary)]),
                ]),
            ReminderFired { Kind: ReminderKind.Update or ReminderKind.Escalation } e => Card.Of(
                summary,
                new Paragraph(sentence),
                new Aside(Words.Join(" ", [.. Reaction.Reminded(e, incident, policy).Select(person => (Span)new Mention(person)), Cadence(incident, policy)])),
                new Buttons([new Button("Post update", incident.Id, "update", ButtonStyle.Primary), new Button("Put it off with a reason", incident.Id, "snooze")])),
            ReminderFired { Kind: ReminderKind.Acceptance, Role: { } role } e => Card.Of(
                summary,
                new Paragraph(sentence.Then(" ").Then([.. Reaction.Reminded(e, incident, policy).Select(person => (Span)new Mention(person))])),
                new Buttons([new Button("Accept the role", incident.Id, $"accept {role}", ButtonStyle.Primary)])),
            EffectHeld held => Card.Of(
                summary,
                new Paragraph(sentence),
                new Buttons([new Button("It is not there: try again", incident.Id, $"release {held.Effect}", Confirm: "If it did happen after all, it will happen twice.")])),
            _ => Card.Of(summary, new Paragraph(sentence)),
        };
    }

    /// <summary>Who holds which role.</summary>
    public static Card Who(Incident incident, Policy policy) => Card.Of(
        $"Roles of {incident.Id}",
        [
            new Heading($"Who does what in {incident.Id}"),
            .. policy.Roles.Select(role => new Paragraph(Words.Of(new Strong(role.Title), ": ")
                .Then([.. People(incident.HoldersOf(role.Id)).Spans, .. Asked(incident, role.Id), "\n", role.Duty]))),
            new Aside(Words.Of("Hand a role over with ", new Code("/incident role communications @someone"), ".")),
        ]);

    /// <summary>The open incidents, or all that are known.</summary>
    public static Card List(IReadOnlyList<Incident> incidents, Question.List asked, Policy policy) => incidents.Count == 0
        ? Card.Of(
            Nothing(asked),
            new Paragraph(Words.Of($"{Nothing(asked)} Declare one with ", new Code("/incident declare what is happening"), ".")))
        : Card.Of(
            string.Create(CultureInfo.InvariantCulture, $"{incidents.Count} {(asked.All ? incidents.Count == 1 ? "incident" : "incidents" : "open")}"),
            [.. incidents.Select(incident => new Paragraph(ListLine(incident, policy)))]);

    public static Words People(ImmutableArray<PersonId> people) =>
        people.IsEmpty ? Words.Of("nobody yet") : Words.Join(", ", people.Select(person => (Span)new Mention(person)));

    /// <summary>What customers feel, and who they are.</summary>
    internal static Words Impact(StatedImpact impact) => Words.Of(
        new Strong("Impact"), " ", impact.Text, impact.Affected is { } affected ? $"\nAffected: {affected}" : "", "\nStated ", new Moment(impact.At));

    public static Span? Room(Incident incident) => incident.Room is { } room ? new RoomLink(room.Id, room.Name) : null;

    private static string Nothing(Question.List asked) => asked switch
    {
        { All: false, Worst: null, Mine: false } => "No incident is open.",
        { All: true, Worst: null, Mine: false } => "There has been no incident yet.",
        _ => "No incident is like that.",
    };

    private static Words ListLine(Incident incident, Policy policy)
    {
        var line = Words.Of(new Strong($"{incident.Id} {SeverityWords.Title(incident.Severity)}"), " ", incident.Title, "\n");
        line = Room(incident) is { } room ? line.Then(room, " ") : line;
        return Due.NextUpdate(incident, policy) is { } due
            ? line.Then("Next update ", new Moment(due))
            : line.Then(SeverityWords.Title(incident.Status));
    }

    private static ImmutableArray<Span> Asked(Incident incident, RoleId role) =>
        [.. incident.Offers.Where(offer => offer.Role == role).SelectMany(offer => (Span[])[" (asked: ", new Mention(offer.Person), ")"])];

    private static Plain Cadence(Incident incident, Policy policy) =>
        new($"{SeverityWords.Title(incident.Severity)}: one update every {SeverityWords.Span(policy.For(incident.Severity).Cadence)}.");

    private static ImmutableArray<Button> Actions(Incident incident) => incident.Status switch
    {
        Status.Open =>
        [
            new("Post update", incident.Id, "update", ButtonStyle.Primary),
            new("Change severity", incident.Id, "severity"),
            new("Hand over a role", incident.Id, "role"),
            new("Resolve", incident.Id, "resolve"),
        ],
        Status.Resolved => [new("Close", incident.Id, "close", ButtonStyle.Primary), new("Reopen", incident.Id, "reopen")],
        _ => [new("Reopen", incident.Id, "reopen")],
    };
}
