using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>How the facts of an incident are stored. Lines are added; old ones stay as they are.</summary>
internal static class IncidentFacts
{
    public static readonly FactFormat[] All =
    [
        new FactFormat<IncidentDeclared>("incident-declared", (data, content) => new IncidentDeclared(
            content.FreeText("title"),
            data.Word<Severity>("severity"),
            data.Flag("private"),
            data.Text("platform"),
            data.Text("workspace"),
            content.FreeText("roomName"),
            data.PersonOrNull("manager"),
            data.Text("policy"))
        {
            MadeFrom = MadeFrom(data),
        })
        {
            Data = (to, fact) => to
                .Word("severity", fact.Severity)
                .Flag("private", fact.Private)
                .Text("platform", fact.Platform)
                .Text("workspace", fact.Workspace)
                .Person("manager", fact.Manager)
                .Text("policy", fact.Policy)
                .Text("madeFrom", fact.MadeFrom?.Key),
            Content = (to, fact) => to.Text("title", fact.Title).Text("roomName", fact.RoomName),
        },
        new FactFormat<IncidentVoided>("incident-voided", (_, _) => new IncidentVoided()),
        new FactFormat<RoomOpened>("room-opened", (data, content) =>
            new RoomOpened(data.Effect("effect"), data.Room(), data.Text("workspace"), content.FreeText("name")))
        {
            Data = (to, fact) => to.Effect("effect", fact.Effect).Room(fact.Room).Text("workspace", fact.Workspace),
            Content = (to, fact) => to.Text("name", fact.Name),
        },
        new FactFormat<SeverityChanged>("severity-changed", (data, content) =>
            new SeverityChanged(data.Word<Severity>("from"), data.Word<Severity>("to"), content.TextOrNull("reason")))
        {
            Data = (to, fact) => to.Word("from", fact.From).Word("to", fact.To),
            Content = (to, fact) => to.Text("reason", fact.Reason),
        },
        new FactFormat<RoleOffered>("role-offered", (data, _) => new RoleOffered(Role(data), data.Person("person")))
        {
            Data = (to, fact) => to.Text("role", fact.Role.Value).Person("person", fact.Person),
        },
        new FactFormat<RoleAccepted>("role-accepted", (data, _) => new RoleAccepted(Role(data), data.Person("person"), data.Flag("replaces")))
        {
            Data = (to, fact) => to.Text("role", fact.Role.Value).Person("person", fact.Person).Flag("replaces", fact.Replaces),
        },
        new FactFormat<HandoverOffered>("handover-offered", (data, _) => new HandoverOffered(Role(data), data.Person("from"), data.Person("to")))
        {
            Data = (to, fact) => to.Text("role", fact.Role.Value).Person("from", fact.From).Person("to", fact.To),
        },
        new FactFormat<PeopleInvited>("people-invited", (data, _) => new PeopleInvited([.. data.Texts("people").Select(ReadPerson)]))
        {
            Data = (to, fact) => to.Texts("people", [.. fact.People.Select(person => person.ToString())]),
        },
        new FactFormat<DecisionRecorded>("decision-recorded", (data, content) => new DecisionRecorded(data.Person("decidedBy"), content.FreeText("text")))
        {
            Data = (to, fact) => to.Person("decidedBy", fact.DecidedBy),
            Content = (to, fact) => to.Text("text", fact.Text),
        },
        new FactFormat<ImpactStated>("impact-stated", (_, content) => new ImpactStated(content.FreeText("text"), content.TextOrNull("affected")))
        {
            Content = (to, fact) => to.Text("text", fact.Text).Text("affected", fact.Affected),
        },
        new FactFormat<NoteAdded>("note-added", (data, content) => new NoteAdded(content.FreeText("text")) { MadeFrom = MadeFrom(data) })
        {
            Data = (to, fact) => to.Text("madeFrom", fact.MadeFrom?.Key),
            Content = (to, fact) => to.Text("text", fact.Text),
        },
        new FactFormat<UpdatePosted>("update-posted", (_, content) => new UpdatePosted(content.FreeText("text")))
        {
            Content = (to, fact) => to.Text("text", fact.Text),
        },
        new FactFormat<UpdateSnoozed>("update-snoozed", (data, content) => new UpdateSnoozed(data.Time("until"), content.FreeText("reason")))
        {
            Data = (to, fact) => to.Time("until", fact.Until),
            Content = (to, fact) => to.Text("reason", fact.Reason),
        },
        new FactFormat<IncidentResolved>("incident-resolved", (_, content) => new IncidentResolved(content.FreeText("summary")))
        {
            Content = (to, fact) => to.Text("summary", fact.Summary),
        },
        new FactFormat<IncidentClosed>("incident-closed", (_, content) => new IncidentClosed(content.TextOrNull("reason")))
        {
            Content = (to, fact) => to.Text("reason", fact.Reason),
        },
        new FactFormat<IncidentReopened>("incident-reopened", (_, content) => new IncidentReopened(content.FreeText("reason")))
        {
            Content = (to, fact) => to.Text("reason", fact.Reason),
        },
        new FactFormat<Redacted>("redacted", (data, content) => new Redacted(
            data.Numbers("versions"),
            data.Texts("commitments"),
            [.. data.Texts("messages").Select(ReadMessage)],
            data.Person("requestedBy"),
            data.Person("approvedBy"),
            content.FreeText("reason")))
        {
            Data = (to, fact) => to
                .Numbers("versions", fact.Versions)
                .Texts("commitments", fact.Commitments)
                .Texts("messages", [.. fact.Messages.Select(message => message.Key)])
                .Person("requestedBy", fact.RequestedBy)
                .Person("approvedBy", fact.ApprovedBy),
            Content = (to, fact) => to.Text("reason", fact.Reason),
        },
        new FactFormat<ReminderFired>("reminder-fired", (data, _) => new ReminderFired(
            data.Text("occurrence"),
            data.Word<ReminderKind>("reminder"),
            data.Time("dueAt"),
            data.Texts("missed"),
            data.TextOrNull("role") is { } role ? new RoleId(role) : null)
        {
            MissedBefore = data.Count("missedBefore"),
        })
        {
            Data = (to, fact) => to
                .Text("occurrence", fact.Occurrence)
                .Word("reminder", fact.Kind)
                .Time("dueAt", fact.DueAt)
                .Texts("missed", fact.Missed)
                .Text("role", fact.Role?.Value)
                .Count("missedBefore", fact.MissedBefore),
        },
    ];

    private static PersonId ReadPerson(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new FormatException("Somebody invited is no person.");

    private static MessageId ReadMessage(string text) =>
        MessageId.TryParse(text, out var message) ? message : throw new FormatException("A message without text is no message.");

    private static MessageId? MadeFrom(FieldReader data) => data.TextOrNull("madeFrom") is { } message ? ReadMessage(message) : null;

    private static RoleId Role(FieldReader data) => new(data.Text("role"));
}
