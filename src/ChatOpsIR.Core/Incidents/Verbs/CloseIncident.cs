using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Ends the incident for good: nothing more is expected of anybody. The room stays.</summary>
public sealed record CloseIncident(string? Why) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "close",
        "done",
        "close",
        "Close a resolved incident. The war room stays; nothing more is due.",
        Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        Status.Closed => Nothing,
        Status.Resolved => Accept(new IncidentClosed(Why)),
        _ => Refuse(Because.IncidentIsStillOpen),
    };

    private static Reading Parse(Arguments said) => said.Text.Length > Reason.Longest
        ? Reason.TooLong(said.Text)
        : new Reading.Order(new CloseIncident(said.Text is "" ? null : said.Text));
}
