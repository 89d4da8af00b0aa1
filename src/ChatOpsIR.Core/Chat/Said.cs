using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What somebody typed or pressed, freed of the platform's markup.</summary>
/// <param name="Who">The speaker.</param>
/// <param name="Room">Where it was said; null where the platform does not tell.</param>
/// <param name="Pieces">The words after the command's own name, in order.</param>
/// <param name="CauseKey">What makes a repeat of this very request harmless.</param>
/// <param name="At">When it was said.</param>
public sealed record Said(PersonId Who, RoomId? Room, ImmutableArray<Piece> Pieces, string CauseKey, DateTimeOffset At)
{
    /// <summary>Set for buttons: the incident that the button is about.</summary>
    public IncidentId? Incident { get; init; }

    /// <summary>The message that the words are about, for a form that starts from it.</summary>
    public Quote? Quote { get; init; }

    /// <summary>The message whose words were taken over; null for what was said in confidence, and for everything else.</summary>
    public MessageId? MadeFrom { get; init; }

    /// <summary>What the request itself says about the speaker's account; null when it says nothing.</summary>
    public Ports.PersonKind? Kind { get; init; }
}

/// <summary>A part of what was typed.</summary>
public abstract record Piece
{
    private protected Piece()
    {
    }
}

/// <summary>Words as typed, entities decoded.</summary>
public sealed record TextPiece(string Text) : Piece;

public sealed record PersonPiece(PersonId Person, string? Label) : Piece;

public sealed record RoomPiece(RoomId Room, string? Label) : Piece;

/// <summary>A form that somebody sent.</summary>
/// <param name="Values">By field name; an empty field is absent.</param>
public sealed record Submitted(
    PersonId Who,
    RoomId? Room,
    string Verb,
    IncidentId? Incident,
    ImmutableDictionary<string, string> Values,
    string CauseKey,
    DateTimeOffset At)
{
    /// <summary>The message that the form started from.</summary>
    public MessageId? MadeFrom { get; init; }

    public Ports.PersonKind? Kind { get; init; }
}

/// <summary>What the bot answers, in the answer to the request itself, to the speaker alone.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>A card that only the speaker sees. After a form it also closes the form.</summary>
    /// <param name="Done">False when nothing was done: the card says why and what to do.</param>
    public sealed record Show(Card Card, bool Done) : Answer;

    /// <summary>A form to open.</summary>
    public sealed record Ask(Form Form) : Answer;

    /// <summary>The form stays open, with a sentence at each field that needs mending. The key <c>""</c> stands for the form as a whole.</summary>
    public sealed record Mend(ImmutableDictionary<string, string> Sentences) : Answer;
}
