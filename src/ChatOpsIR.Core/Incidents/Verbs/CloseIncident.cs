using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Ends the incident for good: nothing more is expected of anybody. The room stays.</summary>
public sealed record CloseIncident(string? Reason) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "close",
        "done",
        "close",
        "Close a resolved incident. The war room stays; nothing more is due.",
        Takes.Incident,
        said => new Reading.Order(new CloseIncident(said.Text is "" ? null : said.Text)));

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        Status.Closed => Nothing,
        Status.Resolved => Accept(new IncidentClosed(Reason)),
        _ => Refuse(Because.IncidentIsStillOpen),
    };
}
