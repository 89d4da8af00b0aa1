using System.Globalization;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>What a reader asked for, by the query string: it can be shared, and means the same to whoever may follow it.</summary>
public sealed record TimelineFilter
{
    public const int LongestText = 200;

    /// <summary>How the bot itself is named among the people.</summary>
    public const string Bot = "bot";

    public IReadOnlySet<EntryKind> Kinds { get; init; } = EntryKinds.Usual;

    /// <summary>Only what these did or said; null for everybody's.</summary>
    public IReadOnlySet<string>? People { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Entries older than this one: the page before.</summary>
    public long? Before { get; init; }

    /// <summary>The page around this entry.</summary>
    public long? At { get; init; }

    /// <summary>Where a filtered view goes on.</summary>
    public long After { get; init; }

    /// <summary>Anything but the record as it stands: it is read through from its beginning.</summary>
    public bool Searches => Text.Length > 0 || People is not null || From is not null || To is not null || !Kinds.SetEquals(EntryKinds.Usual);

    public static TimelineFilter Of(IQueryCollection query, ReaderZone zone)
    {
        var kinds = query["show"].Select(word => Enum.TryParse<EntryKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : (EntryKind?)null)
            .OfType<EntryKind>().ToHashSet();
        var people = query["by"].OfType<string>().Where(person => person.Length is > 0 and < 200).Take(100).ToHashSet(StringComparer.Ordinal);
        var text = query["q"].ToString().Trim();

        // A form sends every box that is ticked: all of them is no choice.
        var isEverybody = people.Count == 0 || (Number(query["of"]) is { } boxes && people.Count >= boxes);
        return new TimelineFilter
        {
            Kinds = kinds.Count == 0 ? EntryKinds.Usual : kinds,
            People = isEverybody ? null : people,
            Text = text.Length > LongestText ? text[..LongestText] : text,
            From = zone.Read(query["from"]),
            To = zone.Read(query["to"]),
            Before = Number(query["before"]),
            At = Number(query["at"]),
            After = Number(query["after"]) ?? 0,
        };
    }

    /// <param name="sentence">What the entry says.</param>
    public bool Matches(Entry entry, string sentence) =>
        Kinds.Contains(EntryKinds.Of(entry)) && (From is not { } from || entry.Stamp.OccurredAt >= from) && (To is not { } to || entry.Stamp.OccurredAt < to.AddMinutes(1)) &&
        (People is null || People.Contains(WhoOf(entry)) || (entry.Fact is ChatRecord { Effect: null, Author: { } author } && People.Contains(author.Value))) &&
        (Text.Length == 0 || sentence.Contains(Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whose doing an entry is, as the filter names them.</summary>
    public static string WhoOf(Entry entry) =>
        entry.Fact is ChatRecord { Effect: not null } || entry.Stamp.Actor is not { Person: not null } actor ? Bot : actor.Value;

    /// <summary>The query string of the same choice, with another place in it.</summary>
    public string Query(ReaderZone zone, params (string Name, long Value)[] place)
    {
        var parts = new List<string>();
        if (!Kinds.SetEquals(EntryKinds.Usual))
        {
            parts.AddRange(Kinds.Order().Select(kind => $"show={EntryKinds.Word(kind)}"));
        }

        parts.AddRange((People ?? new HashSet<string>()).Order(StringComparer.Ordinal).Select(person => $"by={Uri.EscapeDataString(person)}"));
        AddText("q", Text);
        AddText("from", zone.Field(From));
        AddText("to", zone.Field(To));
        parts.AddRange(place.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}={one.Value}")));
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";

        void AddText(string name, string value)
        {
            if (value.Length > 0)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
