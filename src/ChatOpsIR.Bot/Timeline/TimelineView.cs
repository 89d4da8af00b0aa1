using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>All that the page shows beside its entries.</summary>
public sealed record TimelineView
{
    public required Incident Incident { get; init; }

    public required PersonId Reader { get; init; }

    public required Policy Policy { get; init; }

    public required ReaderZone Zone { get; init; }

    public required string? Theme { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimelineFilter Filter { get; init; }

    public required Func<PersonId, string> NameOf { get; init; }

    /// <summary>What chat calls somebody, where that is another name.</summary>
    public Func<PersonId, string?> ChatNameOf { get; init; } = _ => null;

    /// <summary>In lower-case hex.</summary>
    public required string HeadHash { get; init; }

    public required Seal? Seal { get; init; }

    /// <summary>How many entries of a kind are on this page; empty for a search, which does not know before it has read everything.</summary>
    public IReadOnlyDictionary<EntryKind, int> Counts { get; init; } = new Dictionary<EntryKind, int>();

    /// <summary>Looking up names costs calls: a filter that offers half the organisation helps nobody.</summary>
    public const int MostOffered = 40;

    /// <summary>So many of those asked for are nowhere in the record.</summary>
    public int NotMet { get; init; }

    /// <summary>Those whom the filter offers, with how many entries here are theirs.</summary>
    public IReadOnlyList<(string Key, int Count)> People { get; init; } = [];

    /// <summary>More people are named than are looked up for one page.</summary>
    public bool SomeByTheirIds { get; init; }

    /// <summary>The first and last entry on this page.</summary>
    public (long First, long Last) Range { get; init; }

    /// <summary>The page ends at the head, so what is new goes on it.</summary>
    public bool IsNewest => !Filter.Searches && Range.Last == Incident.Version;

    public string Address => $"/incidents/{Incident.Id}";

    public string Here => $"{Address}{Filter.Query(Zone)}";

    public string At(params (string Name, long Value)[] place) => Address + Filter.Query(Zone, place);

    public string NameOfKey(string key) => key == TimelineFilter.Bot ? "ChatOpsIR" : PersonId.TryParse(key, out var person) ? NameOf(person) : key;

    public string? ChatNameOfKey(string key) => PersonId.TryParse(key, out var person) ? ChatNameOf(person) : null;

    /// <summary>The first role that somebody holds, as people say it.</summary>
    public string? RoleOf(PersonId? person) =>
        person is { } who ? Policy.Roles.FirstOrDefault(role => Incident.IsHeldBy(role.Id, who))?.Title : null;

    /// <summary>Plain text of words, with people by name.</summary>
    public string Plain(Words words) => string.Concat(words.Spans.Select(span => span is Mention mention ? $"@{NameOf(mention.Person)}" : PlainText.Of(Words.Of(span))));
}
