using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What the person who acted is answered. Drawn from the entries, so that a repeat gets the same answer.</summary>
public static partial class Answers
{
    /// <param name="alreadySo">What to say when the order changed nothing.</param>
    public static Card Done(Incident incident, ImmutableArray<Entry> entries, Words alreadySo, Policy policy)
    {
        if (entries.IsEmpty)
        {
            return Card.Of(alreadySo, new Paragraph(alreadySo));
        }

        var sentences = entries.Select(entry => FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy)).ToArray();
        return Card.Of(
            Words.Of($"{incident.Id}:").Then([.. sentences.SelectMany(sentence => sentence.Spans.Insert(0, new Plain(" ")))]),
            [.. sentences.Select(sentence => new Paragraph(Words.Of(new Strong($"{incident.Id}"), " ").Then([.. sentence.Spans])))]);
    }

    /// <param name="alike">Open incidents that look like this one.</param>
    /// <param name="known">The same words were declared a moment ago: this is that incident.</param>
    /// <param name="said">How bad it was said to be; null when nobody said.</param>
    /// <param name="leftOut">Who was named and is not asked, a sentence each.</param>
    public static Card Declared(
        Incident incident, IReadOnlyList<Incident> alike, bool known, Severity? said, IEnumerable<string> leftOut, Policy policy)
    {
        var severity = SeverityWords.Title(incident.Severity);
        var opening = known ? $"{incident.Id} is declared already, with the same words." : $"{incident.Id} is declared as {severity}.";
        var parts = ImmutableArray.CreateBuilder<CardPart>();
        parts.Add(new Paragraph(Words.Of(new Strong(opening), " ", incident.Title)));
        parts.Add(new Paragraph(IncidentCards.Room(incident) is { } room
            ? Words.Of("War room: ", room, ".")
            : Words.Of("The war room opens in a moment; you will be invited. You are its Incident Manager until somebody else accepts the role.")));
        if (incident.Private)
        {
            parts.Add(new Aside(Words.Of("It is private: only those whom it involves can see it, its room has a code name, and nothing is announced.")));
        }

        if (known && said is { } meant && meant != incident.Severity)
        {
            parts.Add(new Paragraph(Words.Of($"It is {severity}, and you said {SeverityWords.Title(meant)}. Change it with ", new Code($"/incident severity {incident.Id} {SeverityWords.Code(meant)}"), ".")));
        }

        if (said is null && !known)
        {
            parts.Add(new Aside(Words.Of($"You did not say how bad it is, so it is {severity}: {policy.For(incident.Severity).Meaning}. Change it with ", new Code("/incident severity sev:1"), ".")));
        }

        foreach (var sentence in leftOut)
        {
            parts.Add(new Paragraph(Words.Of(sentence)));
        }

        foreach (var other in alike)
        {
            parts.Add(new Paragraph(Words.Of("It looks like ", new Strong($"{other.Id} {other.Title}"), ", which is open", IncidentCards.Room(other) is { } there ? " in " : "", IncidentCards.Room(other) ?? new Plain(""), ". If it is the same, go there and resolve this one.")));
        }

        return new Card($"{opening} {incident.Title}", parts.ToImmutable());
    }

    /// <summary>Why not, and what to do instead. Words between backticks are shown as something to type.</summary>
    public static Card Refused(Refusal why) => new(
        why.Sentence.Replace("`", "", StringComparison.Ordinal),
        [new Paragraph(new Words([.. CodeOrText().Matches(why.Sentence).Select(match => match.Value[0] == '`' ? (Span)new Code(match.Value.Trim('`')) : new Plain(match.Value))]))]);

    [GeneratedRegex("`[^`]+`|[^`]+", RegexOptions.CultureInvariant)]
    private static partial Regex CodeOrText();
}
