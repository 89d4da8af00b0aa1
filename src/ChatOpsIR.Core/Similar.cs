using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Core;

/// <summary>Which open incidents look like the one that is being declared.</summary>
public static class Similar
{
    private const double AlikeFrom = 0.5;

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "and", "are", "at", "for", "from", "in", "is", "it", "not", "of", "on", "our", "the", "to", "with",
    };

    /// <summary>The likest first. Two titles are alike when they share at least half the telling words of the shorter one.</summary>
    public static IReadOnlyList<Incident> To(string title, IEnumerable<Incident> open)
    {
        var words = Telling(title);
        return
        [
            .. open
                .Select(incident => (Incident: incident, Alike: Alike(words, Telling(incident.Title))))
                .Where(candidate => candidate.Alike >= AlikeFrom)
                .OrderByDescending(candidate => candidate.Alike)
                .ThenByDescending(candidate => candidate.Incident.Id.Number)
                .Take(3)
                .Select(candidate => candidate.Incident),
        ];
    }

    private static double Alike(HashSet<string> left, HashSet<string> right)
    {
        var shared = left.Count(right.Contains);
        return shared == 0 ? 0 : (double)shared / Math.Min(left.Count, right.Count);
    }

    private static HashSet<string> Telling(string title) => title
        .Split([' ', '\t', '\n', ',', '.', ';', ':', '/', '(', ')', '"', '-'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => !Fillers.Contains(word))
        .Select(word => word.ToUpperInvariant())
        .ToHashSet(StringComparer.Ordinal);
}
