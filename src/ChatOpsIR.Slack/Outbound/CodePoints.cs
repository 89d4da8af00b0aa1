using System.Globalization;
using System.Text;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Slack counts Unicode code points, where .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    public const char More = '…';

    public static int Count(string text) => text.EnumerateRunes().Count();

    /// <summary>Text with its invisible tricks removed: bidi overrides, control characters, halves of surrogate pairs.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !IsTrick(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>One line of plain text within a limit.</summary>
    public static string Line(string text, int most) => Cut(Clean(text).ReplaceLineEndings(" ").Trim(), most);

    public static string Cut(string text, int most)
    {
        if (Count(text) <= most)
        {
            return text;
        }

        return string.Concat(text.EnumerateRunes().Take(most - 1)) + More;
    }

    private static bool IsTrick(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control ||
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
