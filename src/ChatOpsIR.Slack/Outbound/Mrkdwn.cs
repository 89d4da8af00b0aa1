using System.Globalization;
using System.Text;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Words in Slack's markup. Foreign text comes out as nothing but itself.</summary>
internal static class Mrkdwn
{
    private const char Nothing = '\u200b';

    public static string Of(Words words) => string.Concat(words.Spans.Select(Of));

    /// <summary>The three characters that Slack reads as markup, in its order.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Cuts at a code point, which is what Slack counts.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest || text.EnumerateRunes().Count() <= longest)
        {
            return text;
        }

        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(longest - 1))
        {
            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }

    private static string Of(Span span) => span switch
    {
        Plain plain => Foreign(plain.Text),
        Strong { Text.Length: 0 } => "",
        Strong strong => $"*{Foreign(strong.Text.Trim().ReplaceLineEndings(" "))}*",
        Code code => $"`{Escape(code.Text.Replace('`', '\'').ReplaceLineEndings(" "))}`",
        Mention { Person.Platform: SlackChatPlatform.PlatformName } mention => $"<@{Escape(mention.Person.User)}>",
        Mention mention => Foreign($"@{mention.Person.User}"),
        RoomLink { Room.Platform: SlackChatPlatform.PlatformName } room => $"<#{Escape(room.Room.Id)}>",
        RoomLink room => Foreign($"#{room.Name}"),
        Moment moment => string.Create(
            CultureInfo.InvariantCulture,
            $"<!date^{moment.At.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{moment.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC> ({moment.At.UtcDateTime:HH:mm} UTC)"),
        _ => "",
    };

    // There is no way to escape * _ ~ ` in mrkdwn: a zero-width space in front keeps them from opening anything.
    private static string Foreign(string text)
    {
        var escaped = Escape(text);
        if (escaped.AsSpan().IndexOfAny("*_~`") < 0)
        {
            return escaped;
        }

        var safe = new StringBuilder(escaped.Length + 8);
        foreach (var letter in escaped)
        {
            if (letter is '*' or '_' or '~' or '`')
            {
                safe.Append(Nothing);
            }

            safe.Append(letter);
        }

        return safe.ToString();
    }
}
