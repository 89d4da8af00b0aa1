using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Says that it is worse, or less bad, than thought.</summary>
public sealed record ChangeSeverity(Severity To, string? Why) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "severity",
        "sev",
        "severity sev:2 only one region is hit",
        "Change how bad it is, with a reason if you like. The cadence of updates follows.",
        Takes.Severity | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) => incident switch
    {
        { Status: Status.Closed } => Refuse(Because.IncidentIsClosed),
        _ when incident.Severity == To => Nothing,
        _ => Accept(new SeverityChanged(incident.Severity, To, Why)),
    };

    private static Reading Parse(Arguments said) => (said.Severity, said.Text) switch
    {
        (_, { Length: > Reason.Longest }) => Reason.TooLong(said.Text),
        ({ } severity, var reason) => new Reading.Order(new ChangeSeverity(severity, reason is "" ? null : reason)),
        (null, [>= '1' and <= '4']) => new Reading.Order(new ChangeSeverity((Severity)(said.Text[0] - '0'), null)),
        (null, [>= '1' and <= '4', ' ', .. var why]) => new Reading.Order(new ChangeSeverity((Severity)(said.Text[0] - '0'), why.Trim())),
        (null, var text) when !text.Split(' ').Any(IsMeantAsOne) => new Reading.Fill(incident => Form(incident, said)),
        _ => new Reading.Unclear("There are four severities, sev:1 to sev:4. Try `/incident severity sev:2 only one region is hit`.", "severity"),
    };

    public override Words AlreadySo(Incident incident) => Words.Of(
        $"{incident.Id} is {SeverityWords.Title(To)} already. If something else about it changed, tell people with ", new Code("/incident update …"), ".");

    // Somebody who says why and forgets how bad is asked; somebody who names a severity that does not exist is told which ones do.
    private static bool IsMeantAsOne(string word) => SeverityWords.LooksLikeOne(word) || (word.Length > 0 && word.All(char.IsAsciiDigit));

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "Change the severity",
        "Change",
        [
            new Field("severity", "How bad is it now?", FieldKind.Choice, Value: SeverityWords.Code(incident.Severity), Choices: SeverityWords.Choices(said.Policy)),
            new Field("text", "Why?", FieldKind.Line, Optional: true, Value: said.Text, MaxLength: Reason.Longest),
        ]);
}
