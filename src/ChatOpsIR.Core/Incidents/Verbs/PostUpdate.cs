using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Posts a status update to the war room. The clock of the next one starts anew.</summary>
public sealed record PostUpdate(string Text) : IncidentCommand
{
    public const int LongestUpdate = 3000;

    public static readonly Verb Verb = new(
        "update",
        "u",
        "update Rollback done in two of three regions, errors are falling",
        "Post a status update. The next one is due one cadence later.",
        Takes.TextOnly,
        Parse);

    public override Decision Decide(Incident incident) => incident.Status switch
    {
        Status.Closed => Refuse(Because.IncidentIsClosed),
        Status.Resolved => Refuse(Because.IncidentIsNotOpen),
        _ => Accept(new UpdatePosted(Text)),
    };

    private static Reading Parse(Arguments said) => said.Text switch
    {
        "" => new Reading.Fill(incident => new Form(Verb.Name, incident.Id, "Post an update", "Post update",
            [new Field("text", "What do we see, what do we do?", FieldKind.Text, Hint: "Two or three sentences that somebody outside the room understands.", MaxLength: LongestUpdate)])),
        { Length: > LongestUpdate } => new Reading.Unclear(
            $"An update has at most {LongestUpdate} characters; this one has {said.Text.Length}. Say the main thing, and note the rest: `/incident note …`.", "text"),
        var text => new Reading.Order(new PostUpdate(text)),
    };
}
