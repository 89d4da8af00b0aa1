using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>Help, drawn from the verbs themselves.</summary>
public static class HelpCards
{
    private const int LongestRepeated = 200;

    private const string All = "all";

    /// <param name="about">A verb, a role, or <c>all</c>; null for what is likely next and the words there are.</param>
    /// <param name="incident">Whose war room it is asked in; null outside.</param>
    public static Card Of(string? about, Incident? incident, PersonId who, Policy policy) => about switch
    {
        null => Likely(incident, who, policy),
        _ when string.Equals(about, All, StringComparison.OrdinalIgnoreCase) => Everything(),
        _ when VerbList.Find(about) is { } verb => Of(verb),
        _ when policy.FindRole(about) is { } role => Of(role),
        _ => Unknown(about, [], policy, isAsked: true),
    };

    /// <summary>There is no such word: what was meant most likely, with the same words behind it.</summary>
    /// <param name="rest">What was typed after the word.</param>
    /// <param name="isAsked">Help was asked about it, so that it was no order.</param>
    public static Card Unknown(string word, ImmutableArray<Piece> rest, Policy policy, bool isAsked = false)
    {
        var (said, shown) = (Repeated(rest), PlainText.Quote(word));
        var sentence = Words.Of($"There is no {shown}. ").Then([.. (VerbList.Nearest(word), policy.FindRole(word)) switch
        {
            ({ } verb, _) => Meant(said.Length > 0 ? $"{verb.Name} {said}" : verb.Usage),
            (_, { } role) => Meant($"role {role.Id} {(said.Length > 0 ? said : "@someone")}"),
            _ when isAsked => [.. SeeHelp, $" The roles are: {string.Join(", ", policy.Roles.Select(role => role.Id.Value))}."],
            _ when said.Length > 0 => [.. SeeHelp, " If that is what is happening, declare it: ", new Code($"/incident declare {PlainText.Line(word)} {said}"), "."],
            _ => SeeHelp,
        }]);
        return Card.Of(sentence, new Paragraph(sentence));
    }

    private static ImmutableArray<Span> SeeHelp => ["Type ", new Code("/incident help"), " to see what there is."];

    private static ImmutableArray<Span> Meant(string line) => ["Did you mean ", new Code($"/incident {line}"), "?"];

    // Whoever asks at night reads a few lines: the rest is one word away.
    private static Card Likely(Incident? incident, PersonId who, Policy policy) => Card.Of(
        "What you can type after /incident",
        [
            new Heading(incident is { Exists: true } ? $"In {incident.Id} you most likely want" : "You most likely want"),
            .. LikelyNext.For(incident, who, policy).Select(line => Line(line.Command, line.Help)),
            new Divider(),
            new Paragraph(Words.Of("All words: ", string.Join(", ", Listed.Select(verb => verb.Name)), ".")),
            new Aside(Words.Of(
                new Code("/incident help all"), " tells what each does, ", new Code("/incident help update"), " about one, ", new Code("/incident help manager"),
                " about a role. Leave words out and a form asks for them.")),
        ]);

    private static Card Everything() => Card.Of(
        "All you can type after /incident",
        [
            new Heading("All you can type after /incident"),
            .. Listed.Select(verb => Line(verb.Usage, verb.Help)),
            new Aside(Words.Of("Leave words out and a form asks for them.")),
        ]);

    private static IEnumerable<Verb> Listed => VerbList.All.Where(verb => verb.Listed);

    private static Card Of(Verb verb) => Card.Of(
        verb.Help,
        new Heading($"/incident {verb.Name}"),
        new Paragraph(Words.Of(verb.Help)),
        new Paragraph(Words.Of("Example: ", new Code($"/incident {verb.Usage}"))),
        new Aside(Words.Of("You can also type ", new Code($"/incident {verb.Alias}"), ".")));

    private static Card Of(RolePolicy role) => Card.Of(
        $"{role.Title}: {role.Duty}",
        [
            new Heading(role.Title),
            new Paragraph(Words.Of(role.Duty)),
            .. LikelyNext.Of(role.Id).Select(verb => Line(verb.Usage, verb.Help)),
            new Aside(Words.Of("Take the role with ", new Code($"/incident role {role.Id} me"), ", or ask somebody with ", new Code($"/incident role {role.Id} @someone"), ".")),
        ]);

    private static Paragraph Line(string command, string help) => new(Words.Of(new Code($"/incident {command}"), "\n", help));

    // Only to be read and typed again: mentions as the names they stand for, all on one line.
    private static string Repeated(ImmutableArray<Piece> rest)
    {
        var said = PlainText.Line(string.Concat(rest.Select(piece => piece switch
        {
            TextPiece text => text.Text,
            PersonPiece person => $"@{person.Label ?? person.Person.User}",
            RoomPiece room => $"#{room.Label ?? room.Room.Id}",
            _ => "",
        })));
        return said.Length <= LongestRepeated ? said : $"{string.Concat(said.EnumerateRunes().Take(LongestRepeated))}…";
    }
}
