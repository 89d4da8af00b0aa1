using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>A message that somebody pointed at.</summary>
/// <param name="Author">Null when no person wrote it.</param>
/// <param name="Name">What to call an author who is no person.</param>
/// <param name="Room">Where it stands; null for a conversation that is nobody else's business.</param>
public sealed record Quote(PersonId? Author, string Name, ImmutableArray<Piece> Pieces, RoomId? Room)
{
    /// <summary>Its words on one line, short enough to start a title from.</summary>
    /// <param name="most">In UTF-16 units.</param>
    public string Draft(int most)
    {
        var line = PlainText.Line(Text);
        if (line.Length <= most)
        {
            return line;
        }

        var end = most - 1;
        return $"{line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)]}…";
    }

    /// <summary>Who said it, where, and the whole of it.</summary>
    public Words Told() => Words.Of(
        Author is { } person ? new Mention(person) : new Plain(PlainText.Line(Name)),
        Room is { } room ? " said in " : " said in a direct message",
        Room is { } place ? new RoomLink(place, place.Id) : new Plain(""),
        $":\n{PlainText.Lines(Text)}");

    private string Text => string.Concat(Pieces.Select(piece => piece switch
    {
        TextPiece words => words.Text,
        PersonPiece person => $"@{person.Label ?? person.Person.User}",
        RoomPiece room => $"#{room.Label ?? room.Room.Id}",
        _ => "",
    }));
}
