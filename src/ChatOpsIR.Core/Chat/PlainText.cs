using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Core.Chat;

/// <summary>Cards and words as plain text: for summaries, transcripts and fingerprints.</summary>
public static class PlainText
{
    private const int LongestQuote = 40;

    public static string Of(Words words) => string.Concat(words.Spans.Select(Of));

    /// <summary>A whole card, line by line, with its buttons.</summary>
    public static string Of(Card card)
    {
        var text = new StringBuilder().AppendLine(card.Summary);
        foreach (var part in card.Parts)
        {
            text.AppendLine(Of(part));
        }

        return text.ToString();
    }

    /// <summary>
    /// Foreign text as one line that shows what it holds: line breaks become spaces, and control and formatting characters, which could
    /// hide or turn round what stands beside them, are gone. Those that join letters or emoji stay.
    /// </summary>
    public static string Line(string foreign) => string.Concat(foreign.ReplaceLineEndings(" ").Where(IsShown)).Trim();

    /// <summary>The same, with its line breaks kept as <c>\n</c>.</summary>
    public static string Lines(string foreign) => string.Concat(foreign.ReplaceLineEndings("\n").Where(character => character is '\n' || IsShown(character)));

    /// <summary>Foreign words within a sentence of ours: between quotation marks, one line, not too long, and nothing in them to type.</summary>
    public static string Quote(string foreign)
    {
        var line = Line(foreign).Replace('`', '\'');
        var shown = line.EnumerateRunes().Take(LongestQuote + 1).ToArray();
        return shown.Length > LongestQuote ? $"“{string.Concat(shown[..LongestQuote])}…”" : $"“{line}”";
    }

    private static bool IsShown(char character) => character is '\u200c' or '\u200d' ||
        char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Tells two cards apart, also where one only says another second of the same minute: 64 lower-case hex digits.</summary>
    public static string Fingerprint(Card card) => Fingerprint(Of(card) + string.Join(' ', card.Parts.SelectMany(SpansOf).OfType<Moment>().Select(moment => moment.At.ToUnixTimeSeconds())));

    /// <summary>Tells two texts apart: 64 lower-case hex digits.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<Span> SpansOf(CardPart part) => part switch
    {
        Paragraph paragraph => paragraph.Text.Spans,
        Facts facts => facts.Values.SelectMany(value => value.Value.Spans),
        Aside aside => aside.Text.Spans,
        _ => [],
    };

    private static string Of(CardPart part) => part switch
    {
        Heading heading => heading.Text,
        Paragraph paragraph => Of(paragraph.Text),
        Facts facts => string.Join('\n', facts.Values.Select(value => $"{value.Label}: {Of(value.Value)}")),
        Aside aside => Of(aside.Text),
        Buttons buttons => string.Join(' ', buttons.Items.Select(button => $"[{button.Label} > {button.Command}]")),
        OpenLink link => $"[{link.Label}]",
        _ => "---",
    };

    private static string Of(Span span) => span switch
    {
        Plain plain => plain.Text,
        Strong strong => strong.Text,
        Code code => code.Text,
        Mention mention => $"@{mention.Person.User}",
        RoomLink room => $"#{room.Name}",
        Moment moment => moment.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        _ => "",
    };
}
