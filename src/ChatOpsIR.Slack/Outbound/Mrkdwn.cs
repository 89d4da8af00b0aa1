using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>
/// Words in Slack's text format. The result is a list of pieces that may not be cut apart: a character with its escape, or a whole
/// mention. Only our own spans may become tokens; foreign text stays what it was.
/// </summary>
internal static class Mrkdwn
{
    private const int LongestRun = 1000;
    private const string Gap = "\u200B";

    /// <summary>Text for places that know tokens but no formatting: the notification and the topic.</summary>
    public static string Escape(string text) => string.Concat(CodePoints.Clean(text).EnumerateRunes().Select(Escape));

    /// <summary>Escaped text that still fits after escaping, without cutting an escape apart.</summary>
    public static string Escape(string text, int most) =>
        Take([.. CodePoints.Clean(text).EnumerateRunes().Select(Escape)], most);

    /// <summary>Words for the same places: people, rooms and moments as tokens, all else as plain text.</summary>
    public static string Notice(Words words, int most) => Take(
        [
            .. words.Spans.SelectMany(span => span is Mention or RoomLink or Moment
                ? Pieces(Words.Of(span)).AsEnumerable()
                : CodePoints.Clean(PlainText.Of(Words.Of(span))).EnumerateRunes().Select(Escape)),
        ],
        most);

    public static ImmutableArray<string> Pieces(Words words)
    {
        var pieces = ImmutableArray.CreateBuilder<string>();
        foreach (var span in words.Spans)
        {
            switch (span)
            {
                case Plain plain:
                    AddForeign(pieces, plain.Text);
                    break;
                case Strong strong:
                    AddStrong(pieces, strong.Text);
                    break;
                case Code code:
                    AddCode(pieces, code.Text);
                    break;
                case Mention { Person: { Platform: SlackChatPlatform.PlatformName } person } when IsId(person.User):
                    pieces.Add($"<@{person.User}>");
                    break;
                case Mention mention:
                    AddForeign(pieces, $"@{mention.Person.User}");
                    break;
                case RoomLink { Room: { Platform: SlackChatPlatform.PlatformName } room } when IsId(room.Id):
                    pieces.Add($"<#{room.Id}>");
                    break;
                case RoomLink link:
                    AddForeign(pieces, $"#{link.Name}");
                    break;
                case Moment moment:
                    pieces.Add(Date(moment.At));
                    break;
                default:
                    break;
            }
        }

        return pieces.ToImmutable();
    }

    /// <summary>Joins pieces up to a limit of code points.</summary>
    public static string Take(ImmutableArray<string> pieces, int most)
    {
        var whole = string.Concat(pieces);
        if (CodePoints.Count(whole) <= most)
        {
            return whole;
        }

        var taken = new StringBuilder();
        var room = most - 1;
        foreach (var piece in pieces)
        {
            room -= CodePoints.Count(piece);
            if (room < 0)
            {
                break;
            }

            taken.Append(piece);
        }

        return taken.Append(CodePoints.More).ToString();
    }

    /// <summary>Packs pieces into texts of at most a limit each, broken after a line or a word where there is one.</summary>
    public static IEnumerable<string> Split(ImmutableArray<string> pieces, int most)
    {
        var start = 0;
        while (start < pieces.Length)
        {
            var first = AtBeginning(pieces[start]);
            var (end, length, goodEnd) = (start + 1, CodePoints.Count(first), -1);
            while (end < pieces.Length && length + CodePoints.Count(pieces[end]) <= most)
            {
                length += CodePoints.Count(pieces[end]);
                end++;
                goodEnd = pieces[end - 1] is "\n" or " " ? end : goodEnd;
            }

            if (end < pieces.Length && goodEnd > start)
            {
                end = goodEnd;
            }

            yield return first + string.Concat(pieces.AsSpan(start + 1, end - start - 1).ToArray());
            start = end;
        }
    }

    public static bool IsId(string id) => id.Length > 0 && id.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// Slack has no escape for its formatting characters. They begin a format only where no letter or digit stands before them, so
    /// only there an invisible space parts them from what they would format; names such as <c>db_main</c> stay copyable. A backtick
    /// is parted everywhere, and a quote sign at the beginning of a line gets the space in front.
    /// </summary>
    private static void AddForeign(ImmutableArray<string>.Builder pieces, string text)
    {
        foreach (var rune in CodePoints.Clean(text).EnumerateRunes())
        {
            var piece = Escape(rune);
            pieces.Add(rune.Value switch
            {
                '`' => piece + Gap,
                '*' or '_' or '~' when !AfterWord(pieces) => piece + Gap,
                '>' when pieces.Count == 0 || pieces[^1] == "\n" => Gap + piece,
                _ => piece,
            });
        }
    }

    /// <summary>What was harmless behind a word may mean something where a new text begins.</summary>
    private static string AtBeginning(string piece) => piece switch
    {
        "*" or "_" or "~" => piece + Gap,
        "&gt;" => Gap + piece,
        _ => piece,
    };

    private static void AddStrong(ImmutableArray<string>.Builder pieces, string text)
    {
        var inside = ImmutableArray.CreateBuilder<string>();
        AddForeign(inside, text.ReplaceLineEndings(" ").Replace('*', '∗').Trim());
        if (inside.Count > 0)
        {
            // A format ends only where no letter follows, so the space behind the words stays, outside.
            pieces.Add($"*{Take(inside.ToImmutable(), LongestRun)}*");
            if (char.IsWhiteSpace(text[^1]))
            {
                pieces.Add(" ");
            }
        }
    }

    /// <summary>Inside backticks nothing but tokens and a backtick mean anything.</summary>
    private static void AddCode(ImmutableArray<string>.Builder pieces, string text)
    {
        var inside = Escape(text.ReplaceLineEndings(" ").Replace('`', 'ˋ').Trim(), LongestRun);
        if (inside.Length > 0)
        {
            pieces.Add($"`{inside}`");
        }
    }

    private static bool AfterWord(ImmutableArray<string>.Builder pieces) =>
        pieces.Count > 0 && pieces[^1].Length <= 2 && Rune.IsLetterOrDigit(Rune.GetRuneAt(pieces[^1], 0));

    private static string Escape(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => rune.ToString(),
    };

    private static string Date(DateTimeOffset at)
    {
        var fallback = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<!date^{at.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{fallback}>");
    }
}
