using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;

namespace ChatOpsIR.Core.Chat;

/// <summary>The form for words that are about an incident and do not say which: it keeps what was said, and asks.</summary>
public static class WhichIncident
{
    public const string Field = "incident";
    private const int LongestText = 3000;

    public static Form Form(Verb verb, Arguments said, Reading reading) => new(
        verb.Name,
        null,
        "Which incident?",
        "Go on",
        [new Field(Field, "Which incident?", FieldKind.Incident, Hint: "Type a part of its number or title."), .. Kept(verb, said, reading)],
        Words.Of("Typed in a war room, it is about that incident. Elsewhere name it and nobody asks: ", new Code($"/incident {verb.Name} INC-42 …"), "."))
    { MadeFrom = said.MadeFrom };

    private static IEnumerable<Field> Kept(Verb verb, Arguments said, Reading reading)
    {
        var takes = verb.Takes;
        if (takes.HasFlag(Takes.Severity))
        {
            yield return new Field(
                "severity", "How bad is it?", FieldKind.Choice, Optional: true, Value: said.Severity is { } severity ? SeverityWords.Code(severity) : null, Choices: SeverityWords.Choices(said.Policy));
        }

        if (takes.HasFlag(Takes.Role))
        {
            yield return new Field("role", "Which role?", FieldKind.Choice, Optional: true, Value: said.Role?.Value, Choices: AssignRole.RoleChoices(said.Policy));
        }

        if ((takes & (Takes.People | Takes.Decider)) != 0)
        {
            yield return new Field("people", "Who?", FieldKind.People, Optional: true, Value: string.Join(' ', said.People.Distinct()));
        }

        if (takes.HasFlag(Takes.Duration))
        {
            yield return new Field(
                "duration", "How long?", FieldKind.Line, Optional: true, Hint: "Such as 30m or 2h.", Value: said.Duration is { } duration ? string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}m") : null, MaxLength: 10);
        }

        if (takes.HasFlag(Takes.Affected))
        {
            yield return new Field("affected", "Who is affected?", FieldKind.Line, Optional: true, Value: said.Affected, MaxLength: 300);
        }

        if (reading is not Reading.Look && (takes & (Takes.Role | Takes.People)) == 0)
        {
            yield return new Field("text", "What do you want to say?", FieldKind.Text, Optional: reading is not Reading.Fill || (takes & (Takes.Severity | Takes.Duration)) != 0, Value: said.Text, MaxLength: LongestText);
        }
    }
}
