using System.Globalization;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Says what customers feel, in their words rather than ours. The latest statement stands on the card.</summary>
/// <param name="Affected">Who, or how many; null when nobody said.</param>
public sealed record StateImpact(string Text, string? Affected) : IncidentCommand
{
    public const int LongestImpact = 300;
    public const int LongestAffected = 150;

    public static readonly Verb Verb = new(
        "impact",
        "affects",
        "impact Card payments are declined affects: one in five shops in Europe",
        "Say what customers feel and, after affects:, who or how many. The card shows the latest.",
        Takes.Affected | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) => incident switch
    {
        { Status: Status.Closed } => Refuse(Because.IncidentIsClosed),
        { Impact: { } stated } when stated.Text == Text && stated.Affected == Affected => Nothing,
        _ => Accept(new ImpactStated(Text, Affected)),
    };

    public override Words AlreadySo(Incident incident) =>
        Words.Of($"That is what {incident.Id} says already. Its card shows it: ", new Code($"/incident status {incident.Id}"), ".");

    private static Reading Parse(Arguments said) => (PlainText.Line(said.Text), said.Affected is { } who ? PlainText.Line(who) : null) switch
    {
        ("", _) => new Reading.Fill(incident => Form(incident, said)),
        ({ Length: > LongestImpact } text, _) => TooLong("An impact", LongestImpact, text, "text"),
        (_, { Length: > LongestAffected } affected) => TooLong("What is affected", LongestAffected, affected, "affected"),
        var (text, affected) => new Reading.Order(new StateImpact(text, affected is "" ? null : affected)),
    };

    private static Reading.Unclear TooLong(string what, int most, string text, string field) => new(
        string.Create(CultureInfo.InvariantCulture, $"{what} has at most {most} characters; this one has {text.Length}. Say the main thing, and note the rest: `/incident note …`."), field);

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "What customers feel",
        "State the impact",
        [
            new Field("text", "What do customers notice?", FieldKind.Line, Hint: "As they would say it: “Card payments are declined”.", Value: incident.Impact?.Text, MaxLength: LongestImpact),
            new Field("affected", "Who, or how many?", FieldKind.Line, Optional: true, Value: said.Affected ?? incident.Impact?.Affected, MaxLength: LongestAffected),
        ]);
}
