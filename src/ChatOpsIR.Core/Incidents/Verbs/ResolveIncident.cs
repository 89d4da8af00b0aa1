using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Says that normal operation is back. The review follows; no more updates are owed.</summary>
public sealed record ResolveIncident(string Summary) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "resolve",
        "fixed",
        "resolve Rolled back release 41, checkout is back to normal",
        "Say that it is over and what ended it. Reminders stop.",
        Takes.TextOnly,
        Parse);

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        Status.Closed => Refuse(Because.IncidentIsClosed),
        Status.Resolved => Nothing,
        _ => Accept(new IncidentResolved(Summary)),
    };

    public override Words AlreadySo(Incident incident) => Words.Of(
        $"{incident.Id} is resolved already. End it with ", new Code($"/incident close {incident.Id}"), ", or take it up again with ", new Code("/incident reopen …"), ".");

    private static Reading Parse(Arguments said) => said.Text switch
    {
        "" => new Reading.Fill(incident => new Form(Verb.Name, incident.Id, "Resolve the incident", "Resolve",
            [new Field("text", "What ended it?", FieldKind.Text, MaxLength: PostUpdate.LongestUpdate)])),
        { Length: > PostUpdate.LongestUpdate } => new Reading.Unclear(
            $"A summary has at most {PostUpdate.LongestUpdate} characters; this one has {said.Text.Length}. Say what ended it, and note the rest: `/incident note …`.", "text"),
        var text => new Reading.Order(new ResolveIncident(text)),
    };
}
