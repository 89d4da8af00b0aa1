using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Takes a resolved or closed incident up again.</summary>
public sealed record ReopenIncident(string Why) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "reopen",
        "again",
        "reopen The errors are back",
        "Open a resolved or closed incident again, with a reason.",
        Takes.TextOnly,
        Parse);

    public override Decision Decide(Incident incident) =>
        incident.Status is Status.Open ? Nothing : Accept(new IncidentReopened(Why));

    public override Words AlreadySo(Incident incident) => Words.Of(
        $"{incident.Id} is open. Tell people how it goes with ", new Code("/incident update …"), ", or how it ended with ", new Code("/incident resolve …"), ".");

    private static Reading Parse(Arguments said) => said.Text switch
    {
        "" => new Reading.Fill(incident => new Form(Verb.Name, incident.Id, "Reopen the incident", "Reopen", [new Field("text", "Why?", FieldKind.Line, MaxLength: Reason.Longest)])),
        { Length: > Reason.Longest } => Reason.TooLong(said.Text),
        var why => new Reading.Order(new ReopenIncident(why)),
    };
}
