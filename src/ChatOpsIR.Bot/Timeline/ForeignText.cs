using System.Text.RegularExpressions;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>What people write, in the pieces that are drawn differently: addresses of the web, and what stands between backticks.</summary>
public static partial class ForeignText
{
    public static IEnumerable<(PieceKind Kind, string Text)> Pieces(string text)
    {
        var read = 0;
        foreach (Match match in Special().Matches(text))
        {
            if (match.Index > read)
            {
                yield return (PieceKind.Text, text[read..match.Index]);
            }

            read = match.Index + match.Length;
            yield return match.Groups["code"] is { Success: true } code ? (PieceKind.Code, code.Value)
                : Uri.TryCreate(match.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? (PieceKind.Link, match.Value)
                : (PieceKind.Text, match.Value);
        }

        if (read < text.Length)
        {
            yield return (PieceKind.Text, text[read..]);
        }
    }

    [GeneratedRegex(@"`(?<code>[^`\n]+)`|https?://[^\s<>""'`]+[^\s<>""'`.,;:!?)\]]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Special();

    public enum PieceKind
    {
        Text,
        Link,
        Code,
    }
}
