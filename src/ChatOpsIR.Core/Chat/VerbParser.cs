using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>Text to verb and arguments. Arguments may stand in any order; what a verb does not take is text.</summary>
public sealed partial class VerbParser(Policy policy)
{
    /// <summary>The first word, and everything after it.</summary>
    public static (string Word, ImmutableArray<Piece> Others) Split(ImmutableArray<Piece> pieces)
    {
        if (pieces is not [TextPiece first, .. var others])
        {
            return ("", pieces);
        }

        var text = first.Text.TrimStart();
        var end = text.IndexOfAny([' ', '\t', '\n', '\r', '\u00a0']);
        var word = end < 0 ? text : text[..end];
        var rest = end < 0 ? "" : text[end..].TrimStart();
        return (word, rest.Length == 0 ? others : [new TextPiece(rest), .. others]);
    }

    /// <summary>Reads the arguments of a verb.</summary>
    /// <param name="inWarRoom">In a war room the room says which incident is meant, so text may begin with another incident's number.</param>
    public Arguments Read(Verb verb, Said said, ImmutableArray<Piece> rest, bool inWarRoom)
    {
        var arguments = new Arguments(said.Who, "", policy) { At = said.At, Incident = said.Incident, CauseKey = said.CauseKey, Quote = said.Quote, MadeFrom = said.MadeFrom };
        var text = new StringBuilder();
        foreach (var piece in rest)
        {
            switch (piece)
            {
                case PersonPiece person when verb.Takes.HasFlag(Takes.Decider) && arguments.People.IsEmpty && text.ToString().Trim().Equals("by", StringComparison.OrdinalIgnoreCase):
                    arguments = arguments with { People = [person.Person] };
                    text.Clear();
                    break;
                case PersonPiece person when verb.Takes.HasFlag(Takes.People):
                    arguments = arguments with { People = arguments.People.Add(person.Person) };
                    break;
                case PersonPiece person:
                    text.Append('@').Append(person.Label ?? person.Person.User);
                    break;
                case RoomPiece room:
                    text.Append('#').Append(room.Label ?? room.Room.Id);
                    break;
                case TextPiece words:
                    foreach (Match match in Token().Matches(Straighten(words.Text)))
                    {
                        if (Take(verb, match.Value, ref arguments, MayNameIncident(verb, arguments, text.Length == 0, inWarRoom)) is { } left)
                        {
                            text.Append(left);
                        }
                    }

                    break;
            }
        }

        return WithText(verb, arguments, text.ToString().Trim());
    }

    // Sentences of ours show three dots where words go. Typed as they stand, they ask for the form.
    private static Arguments WithText(Verb verb, Arguments arguments, string text)
    {
        if (text is "…" or "...")
        {
            return arguments with { WantsForm = true };
        }

        return verb.Takes.HasFlag(Takes.Affected) && AffectedWord().Match(text) is { Success: true } match
            ? arguments with { Text = text[..match.Index].Trim(), Affected = text[(match.Index + match.Length)..].Trim() is { Length: > 0 } affected ? affected : null }
            : arguments with { Text = text };
    }

    /// <summary>The same arguments from a form's fields.</summary>
    public Arguments Read(Submitted form)
    {
        var arguments = new Arguments(form.Who, form.Values.GetValueOrDefault("text", "").Trim(), policy) { At = form.At, CauseKey = form.CauseKey, MadeFrom = form.MadeFrom };
        return arguments with
        {
            Incident = form.Incident ?? (IncidentId.TryParse(form.Values.GetValueOrDefault("incident"), out var chosen) ? chosen : null),
            Severity = form.Values.TryGetValue("severity", out var severity) ? SeverityOf(severity) : null,
            Private = form.Values.GetValueOrDefault("private") is "yes",
            Role = form.Values.TryGetValue("role", out var role) ? policy.FindRole(role)?.Id : null,
            People = [.. form.Values.GetValueOrDefault("people", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => PersonId.TryParse(id, out var person) ? person : (PersonId?)null).OfType<PersonId>()],
            Duration = form.Values.TryGetValue("duration", out var duration) ? DurationOf(duration) : null,
            Affected = form.Values.TryGetValue("affected", out var affected) && affected.Trim() is { Length: > 0 } who ? who : null,
        };
    }

    // Only before any other word, or a reason that speaks of another incident would turn the order against that one. In a war room the text of a
    // note or an update may begin with a number as well.
    private static bool MayNameIncident(Verb verb, Arguments sofar, bool isFirst, bool inWarRoom) =>
        verb.NeedsIncident && sofar.Incident is null && isFirst && (verb.Takes.HasFlag(Takes.Incident) || !inWarRoom);

    // Gives back what stays text.
    private string? Take(Verb verb, string token, ref Arguments arguments, bool mayNameIncident)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return token;
        }

        if (token.Length > 1 && token[0] == '"' && token[^1] == '"')
        {
            return verb.Takes == Takes.TextOnly ? token : token[1..^1];
        }

        if (mayNameIncident && IncidentId.TryParse(token, out var incident))
        {
            arguments = arguments with { Incident = incident };
            return null;
        }

        var word = token.TrimEnd(',', ';', '.', ':');
        if (verb.Takes.HasFlag(Takes.Severity) && arguments.Severity is null && SeverityOf(word) is { } severity)
        {
            arguments = arguments with { Severity = severity };
            return null;
        }

        if (verb.Takes.HasFlag(Takes.Private) && word.Equals("private", StringComparison.OrdinalIgnoreCase))
        {
            arguments = arguments with { Private = true };
            return null;
        }

        if (verb.Takes.HasFlag(Takes.Role) && arguments.Role is null && policy.FindRole(word) is { } role)
        {
            arguments = arguments with { Role = role.Id };
            return null;
        }

        if (verb.Takes.HasFlag(Takes.People) && token.TrimStart('@').Equals("me", StringComparison.OrdinalIgnoreCase))
        {
            arguments = arguments with { People = arguments.People.Add(arguments.Who) };
            return null;
        }

        if (verb.Takes.HasFlag(Takes.Duration) && arguments.Duration is null && DurationOf(token) is { } duration)
        {
            arguments = arguments with { Duration = duration };
            return null;
        }

        return token;
    }

    /// <summary><c>sev:2</c>, <c>sev2</c>, <c>SEV-2</c>, <c>severity:2</c>.</summary>
    internal static Severity? SeverityOf(string token) =>
        SeverityWord().Match(token) is { Success: true } match
            ? (Severity)int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    /// <summary><c>30m</c>, <c>2h</c>, <c>1d</c>, <c>1h30m</c>, with or without <c>due:</c>, <c>for:</c> or <c>until:</c> before it; at most 30 days.</summary>
    internal static TimeSpan? DurationOf(string token)
    {
        if (DurationWord().Match(token) is not { Success: true } match)
        {
            return null;
        }

        var duration = TimeSpan.FromDays(Number(match, 1)) + TimeSpan.FromHours(Number(match, 2)) + TimeSpan.FromMinutes(Number(match, 3));
        return duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(30) ? duration : null;

        static int Number(Match match, int group) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    // Phones type curly quotes and spaces that do not break.
    private static string Straighten(string text) => text.Replace('\u201c', '"').Replace('\u201d', '"').Replace('\u201e', '"').Replace('\u00a0', ' ');

    [GeneratedRegex("\"[^\"]*\"|\\s+|\\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^(?:sev|severity)[:=-]?(?:sev)?([1-4])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SeverityWord();

    [GeneratedRegex("(?<=^|\\s)affects:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AffectedWord();

    [GeneratedRegex("^(?:(?:due|for|until):)?(?=[0-9])(?:([0-9]{1,3})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m(?:in)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DurationWord();
}
