using System.Globalization;
using System.Text;

namespace ChatOpsIR.Core;

/// <summary>Whether a text comes again in something that a platform sent, however it is written there.</summary>
internal static class RepeatedText
{
    // A card may show the beginning of a long text only.
    private const int LongestNeedle = 60;

    /// <summary>Whether an object has the text as one whole value.</summary>
    public static bool IsValueIn(ReadOnlySpan<byte> original, string text) =>
        text.Length > 0 && Unescape(original).Contains($"\"{text}\"", StringComparison.Ordinal);

    /// <summary>
    /// Whether the text stands somewhere in an object, with markup in it or between, or as the name of a room that was made of it. Letters
    /// and digits decide.
    /// </summary>
    public static bool StandsIn(ReadOnlySpan<byte> original, string text) =>
        Letters(text) is { Length: > 0 } needle && Letters(Unescape(original)).Contains(needle.Length > LongestNeedle ? needle[..LongestNeedle] : needle, StringComparison.Ordinal);

    private static string Letters(string text)
    {
        var plain = text.Replace("&amp;", "&", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        return string.Concat(plain.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(rune => Rune.ToLowerInvariant(rune).ToString()));
    }

    // JSON may spell any letter as an escape.
    private static string Unescape(ReadOnlySpan<byte> json)
    {
        var written = Encoding.UTF8.GetString(json);
        var text = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] is not '\\' || i + 1 == written.Length)
            {
                text.Append(written[i]);
                continue;
            }

            i++;
            if (written[i] is 'u' && i + 4 < written.Length && int.TryParse(written.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
                continue;
            }

            text.Append(written[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var letter => letter });
        }

        return text.ToString();
    }
}
