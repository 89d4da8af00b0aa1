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

    public override Words AlreadySo(Incident incident) => Words.Of(
        $"{incident.Id} is closed already, and nothing more is due. If it is not over, take it up again with ", new Code("/incident reopen …"), ".");

    private static Reading Parse(Arguments said) => said switch
    {
        { Text.Length: > Reason.Longest } => Reason.TooLong(said.Text),
        { WantsForm: true } => new Reading.Fill(Form),
        _ => new Reading.Order(new CloseIncident(said.Text is "" ? null : said.Text)),
    };

    private static Form Form(Incident incident) => new(
        Verb.Name,
        incident.Id,
        "Close the incident",
        "Close it",
        [new Field("text", "Anything to add?", FieldKind.Line, Optional: true, Hint: "The war room stays; nothing more is due.", MaxLength: Reason.Longest)]);
}
