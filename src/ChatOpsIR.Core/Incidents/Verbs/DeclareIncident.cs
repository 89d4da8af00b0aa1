using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Makes entry 1 of an incident whose number is known. Whoever writes entry 1 first wins.</summary>
/// <param name="RoomName">The war room's wanted name.</param>
/// <param name="Invited">People named in the declaration: they are offered a place among the investigators.</param>
public sealed record DeclareIncident(
    string Title,
    Severity Severity,
    bool Private,
    PersonId By,
    string RoomName,
    string Policy,
    ImmutableArray<PersonId> Invited) : IncidentCommand
{
    /// <summary>The message that the declaration started from.</summary>
    public MessageId? MadeFrom { get; init; }

    /// <summary>The longest title, in UTF-16 units: it must fit into a room's topic and a card's heading.</summary>
    public const int LongestTitle = 120;

    public static readonly Verb Verb = new(
        "declare",
        "new",
        "declare Checkout returns 500s sev:1",
        "Declare an incident: a war room opens, you become its Incident Manager, and updates are kept on time.",
        Takes.Severity | Takes.Private | Takes.People,
        Parse)
    { NeedsIncident = false };

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        null => Accept([new IncidentDeclared(Title, Severity, Private, By.Platform, By.Workspace, RoomName, By, Policy) { MadeFrom = MadeFrom }, .. Offers()]),
        Status.Voided => Refuse(Because.DeclarationWasVoided),
        _ => Nothing,
    };

    public static Form Form(Arguments said) => new(
        Verb.Name,
        null,
        "Declare an incident",
        "Declare",
        [
            new Field("text", "What is happening?", FieldKind.Line, Hint: "A few words that people will recognise it by.", Value: said.Quote?.Draft(LongestTitle) ?? said.Text, MaxLength: LongestTitle),
            new Field("severity", "How bad is it?", FieldKind.Choice, Value: SeverityWords.Code(said.Severity ?? said.Policy.DefaultSeverity), Choices: SeverityWords.Choices(said.Policy)),
            new Field("people", "Who should help?", FieldKind.People, Optional: true, Value: string.Join(' ', said.People.Distinct()), Hint: "They are invited and asked to investigate."),
            new Field("private", "Private", FieldKind.Toggle, Optional: true, Value: said.Private ? "yes" : null, Hint: "A private room with a code name; nothing is announced."),
        ],
        said.Quote?.Told())
    { MadeFrom = said.MadeFrom };

    private static Reading Parse(Arguments said) => PlainText.Line(said.Text) switch
    {
        _ when said.Quote is not null => new Reading.Declaration(new Declare(said, Title: null)),
        "" => new Reading.Declaration(new Declare(said, Title: null)),
        var title when !title.Any(char.IsLetterOrDigit) => new Reading.Unclear("Say in a few words what is happening, such as `/incident declare Checkout returns 500s`.", "text"),
        { Length: > LongestTitle } title => new Reading.Unclear(
            $"A title has at most {LongestTitle} characters; this one has {title.Length}. Shorten it, and note the rest in the war room: `/incident note …`.", "text"),
        var title when said.Severity is null && title.Split(' ').Any(SeverityWords.LooksLikeOne) =>
            new Reading.Unclear("There are four severities, sev:1 to sev:4. Try `/incident declare Checkout returns 500s sev:1`.", "severity"),
        var title => new Reading.Declaration(new Declare(said, title)),
    };

    private IEnumerable<Fact> Offers() =>
        Invited.Where(person => person != By).Distinct().Take(20).Select(person => new RoleOffered(RoleId.Investigator, person));
}
