using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What happened, for somebody who comes late: where it stands, what was decided, the newest words, numbers, and what is not known.</summary>
public static class RecapCard
{
    /// <summary>The longest line, in text elements; a whole update is in the room.</summary>
    private const int LongestLine = 280;

    public static Card Of(Incident incident, Recap recap, Policy policy)
    {
        var head = $"{incident.Id} {incident.Title}";
        var status = incident.Status is Status.Open ? SeverityWords.Title(incident.Phase) : SeverityWords.Title(incident.Status);
        var parts = ImmutableArray.CreateBuilder<CardPart>();
        parts.Add(new Heading(head));
        parts.Add(new Paragraph(Span(recap)));
        parts.Add(new Facts(
        [
            new("Severity", Words.Of($"{SeverityWords.Title(incident.Severity)}: {policy.For(incident.Severity).Meaning}")),
            new("Status", Words.Of(status)),
            new("Incident Manager", IncidentCards.People(incident.HoldersOf(RoleId.Manager))),
            new("Next update", Due.NextUpdate(incident, policy) is { } due ? Words.Of(new Moment(due)) : Words.Of("none due")),
        ]));
        if (recap.IsEmpty)
        {
            parts.Add(new Paragraph(Words.Of("Nothing happened since.")));
        }

        AddList(parts, "Decided and changed", recap.Changes, recap.ChangesInAll, policy);
        AddList(parts, "Updates and notes", recap.Words, recap.WordsInAll, policy);
        if (Numbers(recap) is { Length: > 0 } numbers)
        {
            parts.Add(new Paragraph(Words.Of(new Strong("In the room"), "\n", numbers)));
        }

        if (recap.Gaps.Length + recap.Unreadable > 0)
        {
            parts.Add(new Paragraph(Missing(recap)));
        }

        if (recap.StoppedEarly)
        {
            parts.Add(new Aside(Words.Of(
                string.Create(CultureInfo.InvariantCulture, $"That is as far as I looked back: {recap.EntriesRead:#,0} entries, to "),
                new Moment(recap.ReachesTo ?? incident.DeclaredAt), ". What was before is on record and not told here. For less, type ", new Code("/incident catchup 1h"), ".")));
        }

        return Card.Of(Words.Of($"{head}: {status}, {SeverityWords.Title(incident.Severity)}. ").Then([.. Span(recap).Spans]), parts.ToImmutable());
    }

    private static Words Span(Recap recap) => recap switch
    {
        { Since: { } since } => Words.Of("What happened since ", new Moment(since), "."),
        { LastHeard: { } heard } => Words.Of("What happened since you were last heard of here, ", new Moment(heard), "."),
        { StoppedEarly: true } => Words.Of("What happened of late. You have not been heard of here since."),
        _ => Words.Of("What happened from the beginning: you have not been heard of here before."),
    };

    // Told in the order in which it happened.
    private static void AddList(ImmutableArray<CardPart>.Builder parts, string title, ImmutableArray<Entry> newestFirst, int inAll, Policy policy)
    {
        if (newestFirst.IsEmpty)
        {
            return;
        }

        var left = inAll - newestFirst.Length;
        var text = Words.Of(new Strong(title), left > 0 ? string.Create(CultureInfo.InvariantCulture, $" (the newest {newestFirst.Length} of {inAll})") : "");
        foreach (var entry in newestFirst.Reverse())
        {
            text = text.Then("\n", new Moment(entry.Stamp.OccurredAt), " ").Then([.. Line(entry.Redacted ? Words.Of(Redaction.Removed) : FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy)).Spans]);
        }

        parts.Add(new Paragraph(text));
    }

    // One line for each, and no more of it than one can take in.
    private static Words Line(Words sentence)
    {
        var left = LongestLine;
        var spans = ImmutableArray.CreateBuilder<Span>();
        foreach (var span in sentence.Spans)
        {
            if (span is not Plain plain)
            {
                spans.Add(span);
                continue;
            }

            var text = new StringInfo(plain.Text.ReplaceLineEndings(" "));
            if (text.LengthInTextElements > left)
            {
                spans.Add($"{text.SubstringByTextElements(0, Math.Max(1, left))}…");
                break;
            }

            spans.Add(text.String);
            left -= text.LengthInTextElements;
        }

        return new Words(spans.ToImmutable());
    }

    private static string Numbers(Recap recap)
    {
        string[] counted =
        [
            .. recap.Messages > 0 ? [$"{Count(recap.Messages, "message")} by {(recap.Speakers.Count is 1 ? "one person" : Count(recap.Speakers.Count, "people", "people"))}"] : Array.Empty<string>(),
            .. recap.Files > 0 ? [Count(recap.Files, "file")] : Array.Empty<string>(),
            .. recap.Reactions > 0 ? [Count(recap.Reactions, "reaction")] : Array.Empty<string>(),
            .. recap.Reminders > 0 ? [$"{Count(recap.Reminders, "reminder")} that an update was due"] : Array.Empty<string>(),
        ];
        return counted.Length is 0 ? "" : $"{string.Join(", ", counted)}.";
    }

    private static Words Missing(Recap recap)
    {
        var text = Words.Of(new Strong("Missing in the record"));
        foreach (var gap in recap.Gaps.Take(5).Reverse())
        {
            text = text.Then("\n", new Moment(gap.Stamp.OccurredAt), " ").Then([.. Line(Words.Of(((ChatRecord)gap.Fact).Text ?? "What was said here did not reach the record.")).Spans]);
        }

        return recap.Unreadable is 0 ? text : text.Then($"\n{Count(recap.Unreadable, "thing")} came in a form that this release cannot read; kept as it came.");
    }

    private static string Count(int number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number is 1 ? one : many ?? $"{one}s")}");
}
