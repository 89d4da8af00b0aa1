using System.Collections.Immutable;
using System.Text;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>The beginning of something that was said for the record, kept to be shown again: no decision reads it.</summary>
public sealed record Remark(string Text, DateTimeOffset At, PersonId? By)
{
    /// <summary>How many of a kind an incident keeps. The record keeps all of them, and whole.</summary>
    public const int Most = 3;

    private const int Longest = 280;

    /// <summary>The entry that has the whole of it.</summary>
    public long Version { get; init; }

    public static Remark Of(string text, DateTimeOffset at, PersonId? by) => new(Shorten(text), at, by);

    internal static ImmutableArray<Remark> Latest(ImmutableArray<Remark> before, Remark said) => [.. before.TakeLast(Most - 1), said];

    // Never in the middle of a character.
    private static string Shorten(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength >= Longest)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }
}

/// <summary>What customers feel, as last stated.</summary>
/// <param name="Affected">Who, or how many; null when nobody said.</param>
public sealed record StatedImpact(string Text, string? Affected, DateTimeOffset At, PersonId? By)
{
    /// <summary>The entry that has the whole of it.</summary>
    public long Version { get; init; }
}
