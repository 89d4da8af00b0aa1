using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Puts something on the timeline that nobody said in the room.</summary>
public sealed record AddNote(string Text) : IncidentCommand
{
    public const int LongestNote = 3000;

    /// <summary>The message that it quotes.</summary>
    public MessageId? MadeFrom { get; init; }

    public static readonly Verb Verb = new(
        "note",
        "n",
        "note The vendor confirms a fault on their side",
        "Put a note on the timeline.",
        Takes.TextOnly,
        Parse);

    public override Decision Decide(Incident incident) => Accept(new NoteAdded(Text) { MadeFrom = MadeFrom });

    private static Reading Parse(Arguments said) => said.Text switch
    {
        "" => new Reading.Fill(incident => new Form(Verb.Name, incident.Id, "Add a note", "Add", [new Field("text", "What should be on record?", FieldKind.Text, Hint: "The room is told, and it stands on the timeline.", MaxLength: LongestNote)])),
        { Length: > LongestNote } => new Reading.Unclear(
            $"A note has at most {LongestNote} characters; this one has {said.Text.Length}. Split it into two of `/incident note …`.", "text"),
        var text => new Reading.Order(new AddNote(text) { MadeFrom = said.MadeFrom }),
    };
}
