using System.Globalization;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Puts a decision on record with whoever made it: what was chosen, and why, is what a review asks first.</summary>
/// <param name="DecidedBy">Whose decision it was.</param>
public sealed record RecordDecision(PersonId DecidedBy, string Text) : IncidentCommand
{
    public const int LongestDecision = 1000;

    public static readonly Verb Verb = new(
        "decide",
        "decision",
        "decide We roll back release 41, a fix would take longer",
        "Put a decision on record. It is yours unless you begin with by @someone.",
        Takes.Decider | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) =>
        incident.Status is Status.Closed ? Refuse(Because.IncidentIsClosed) : Accept(new DecisionRecorded(DecidedBy, Text));

    private static Reading Parse(Arguments said) => said.Text switch
    {
        "" => new Reading.Fill(incident => Form(incident, said)),
        { Length: > LongestDecision } => new Reading.Unclear(
            string.Create(CultureInfo.InvariantCulture, $"A decision has at most {LongestDecision} characters; this one has {said.Text.Length}. Say what was decided, and note the reasons: `/incident note …`."), "text"),
        _ when said.People.Distinct().Skip(1).Any() => new Reading.Unclear("Name the one person who decided: `/incident decide by @someone We roll back`.", "people"),
        var text => new Reading.Order(new RecordDecision(said.Person ?? said.Who, text)),
    };

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "Record a decision",
        "Record it",
        [
            new Field("text", "What was decided, and why?", FieldKind.Text, Hint: "Everybody in the room is told.", MaxLength: LongestDecision),
            new Field("people", "Who decided?", FieldKind.Person, Value: (said.Person ?? said.Who).ToString()),
        ]);
}
