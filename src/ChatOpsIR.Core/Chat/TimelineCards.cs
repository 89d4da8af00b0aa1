using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>The newest entries of a record, as sentences.</summary>
public static class TimelineCards
{
    /// <summary>How many entries are shown.</summary>
    public const int Shown = 10;

    private const int LongestSentence = 400;

    /// <param name="newest">Entries, oldest first; those that tell nothing to people are left out.</param>
    /// <param name="read">The platform's markup to words.</param>
    /// <param name="page">The reader's own link; null when the page would not open for them.</param>
    public static Card Latest(Incident incident, ImmutableArray<Entry> newest, Policy policy, Func<string, Words> read, Uri? page)
    {
        var told = newest.Where(Tells).TakeLast(Shown).Select(entry => (CardPart)new Paragraph(Line(entry, policy, read)));
        CardPart way = page is null
            ? new Aside(Words.Of("The timeline page of a private incident opens for those only whom it involves. Take a role first: ", new Code($"/incident role {incident.Id} investigator me"), "."))
            : new OpenLink("Open the timeline", page);
        return new Card(
            $"What happened last in {incident.Id} {incident.Title}",
            [
                new Heading($"What happened last in {incident.Id}"),
                .. told,
                way,
                .. page is null ? (CardPart[])[] : [new Aside(Words.Of("The link is yours alone and opens for 15 minutes."))],
            ]);
    }

    private static Words Line(Entry entry, Policy policy, Func<string, Words> read)
    {
        var by = entry.Stamp.Actor?.Person;
        var line = Words.Of(new Moment(entry.Stamp.OccurredAt), "  ");
        if (entry.Redacted)
        {
            return line.Then(Redaction.Removed);
        }

        if (entry.Fact is ChatRecord && by is { } person)
        {
            line = line.Then(new Mention(person), ": ");
        }

        return line.Then([.. Cut(FactSentence.Of(entry.Fact, by, policy, read))]);
    }

    // Chores, reactions and what the bot itself posted would push out what people want to know.
    private static bool Tells(Entry entry) => entry.Fact switch
    {
        EffectStarted or EffectDone or EffectReleased => false,
        ChatRecord { Effect: not null } => false,
        ChatRecord { Kind: ChatKind.Message or ChatKind.MessageEdited or ChatKind.MessageDeleted or ChatKind.Gap } => true,
        ChatRecord => false,
        _ => true,
    };

    private static IEnumerable<Span> Cut(Words words)
    {
        var room = LongestSentence;
        foreach (var span in words.Spans)
        {
            if (span is not Plain plain)
            {
                yield return span;
                continue;
            }

            if (plain.Text.Length > room)
            {
                yield return $"{string.Concat(plain.Text.EnumerateRunes().Take(room))}…";
                yield break;
            }

            room -= plain.Text.Length;
            yield return plain;
        }
    }
}
