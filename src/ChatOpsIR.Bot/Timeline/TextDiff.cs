using System.Text.RegularExpressions;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>What became of a text, word by word.</summary>
public static partial class TextDiff
{
    // Beyond this many words on a side the whole text is shown as replaced: nobody reads such a comparison, and it costs the square.
    private const int MostWords = 400;

    public static IReadOnlyList<(Change Change, string Text)> Between(string before, string after)
    {
        var (old, now) = (Words(before), Words(after));
        return old.Length > MostWords || now.Length > MostWords
            ? [(Change.Removed, before), (Change.Added, after)]
            : Joined(Walk(old, now, Lengths(old, now)));
    }

    // The length of the longest common run of what follows, for each pair of places.
    private static int[,] Lengths(string[] old, string[] now)
    {
        var lengths = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static IEnumerable<(Change Change, string Text)> Walk(string[] old, string[] now, int[,] lengths)
    {
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                yield return (Change.None, now[j++]);
                i++;
            }
            else if (j == now.Length || (i < old.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                yield return (Change.Removed, old[i++]);
            }
            else
            {
                yield return (Change.Added, now[j++]);
            }
        }
    }

    private static List<(Change Change, string Text)> Joined(IEnumerable<(Change Change, string Text)> words)
    {
        var joined = new List<(Change Change, string Text)>();
        foreach (var (change, text) in words)
        {
            if (joined is [.., var last] && last.Change == change)
            {
                joined[^1] = (change, last.Text + text);
            }
            else
            {
                joined.Add((change, text));
            }
        }

        return joined;
    }

    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\s+|`[^`\n]+`|[\p{L}\p{N}_]+(?:[:./-][\p{L}\p{N}_]+)*|.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Word();
}

public enum Change
{
    None,
    Added,
    Removed,
}
