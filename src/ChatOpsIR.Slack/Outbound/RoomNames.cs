using System.Globalization;
using System.Text;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Channel names that Slack takes: plain ASCII is safe everywhere.</summary>
internal static class RoomNames
{
    private const int Longest = 80;

    public static string Sanitise(string name)
    {
        var clean = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_')
            {
                clean.Append(character);
            }
            else if (clean.Length > 0 && clean[^1] is not '-')
            {
                clean.Append('-');
            }
        }

        clean.Length = Math.Min(clean.Length, Longest);
        var result = clean.ToString().TrimEnd('-');
        return result.Any(char.IsAsciiLetterOrDigit) ? result : "incident";
    }

    /// <summary>The name itself, then <c>-2</c> to <c>-9</c>.</summary>
    public static IEnumerable<string> Candidates(string name)
    {
        var first = Sanitise(name);
        yield return first;
        for (var number = 2; number <= 9; number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            yield return first[..Math.Min(first.Length, Longest - suffix.Length)] + suffix;
        }
    }
}
