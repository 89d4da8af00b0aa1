using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace ChatOpsIR.Playground.Pages;

/// <summary>Slack's markup as HTML, for the person given. Names and texts are hostile: everything is encoded, and only tags made here are left standing.</summary>
public static partial class Mrkdwn
{
    private const char Open = '\uE000';
    private const char Close = '\uE001';

    public static MarkupString Render(string text, WorkspaceView view, string? me = null)
    {
        List<string> kept = [];
        string Keep(string html)
        {
            kept.Add(html);
            return $"{Open}{(kept.Count - 1).ToString(CultureInfo.InvariantCulture)}{Close}";
        }

        var clean = Neutral(text).Replace(Open.ToString(), "", StringComparison.Ordinal).Replace(Close.ToString(), "", StringComparison.Ordinal);
        clean = Fence().Replace(clean, match => Keep($"<pre>{Encode(Plain(match.Groups[1].Value.Trim('\n')))}</pre>"));
        clean = Code().Replace(clean, match => Keep($"<code>{Encode(Plain(match.Groups[1].Value))}</code>"));
        clean = Token().Replace(clean, match => Keep(Marked(match.Groups[1].Value, view, me)));
        var html = Style(Emoji.Shown(Encode(Plain(clean))));
        return new MarkupString(Placeholder().Replace(html, match => kept[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]));
    }

    /// <summary>A topic or a purpose: Slack's three entities, and no markup.</summary>
    public static MarkupString Line(string text) => PlainText(Plain(text));

    /// <summary>A plain_text object: no markup, but emoji codes.</summary>
    public static MarkupString PlainText(string text) => new(Emoji.Shown(Encode(Neutral(text))).Replace("\n", "<br>", StringComparison.Ordinal));

    /// <summary>One text object of Block Kit.</summary>
    public static MarkupString TextObject(System.Text.Json.Nodes.JsonNode? text, WorkspaceView view, string? me = null) =>
        text.Text("type") == "mrkdwn" ? Render(text.Text("text") ?? "", view, me) : PlainText(text.Text("text") ?? "");

    private static string Marked(string inside, WorkspaceView view, string? me)
    {
        var (target, label) = inside.Split('|', 2) is [var left, var right] ? (left, right) : (inside, null);
        return target switch
        {
            ['@', .. var user] => Mention('@' + (view.Person(user)?.Name ?? label ?? user), user == me),
            ['#', .. var channel] when view.Channel(channel) is { Kind: ChannelKind.Public } found => ChannelLink(found),
            ['#', .. var channel] => Mention('#' + (string.IsNullOrEmpty(label) ? "private channel" : label)),
            ['!', 'd', 'a', 't', 'e', '^', .. var date] => Date(date, label, view.At),
            ['!', .. var special] => Mention('@' + Plain(label ?? special.Split('^')[0]).TrimStart('@'), me is not null && special is "here" or "channel" or "everyone"),
            _ => Link(Plain(target), Plain(label ?? target)),
        };
    }

    private static string Mention(string words, bool isMe = false) => $"<span class=\"{(isMe ? "mention me" : "mention")}\"><bdi>{Encode(words)}</bdi></span>";

    private static string ChannelLink(ChannelView channel) =>
        $"<a class=\"mention\" data-channel-link=\"{Encode(channel.Id)}\" href=\"?c={Encode(channel.Id)}\">#<bdi>{Encode(channel.Name)}</bdi></a>";

    private static string Link(string target, string label) =>
        Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"
            ? $"<a href=\"{Encode(target)}\" rel=\"noreferrer noopener\" target=\"_blank\">{Encode(label)}</a>"
            : Encode(label);

    /// <summary>Dates are shown in UTC, which is what the fallback says too.</summary>
    private static string Date(string rest, string? fallback, DateTimeOffset now)
    {
        if (!long.TryParse(rest.Split('^')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799)
        {
            return Encode(fallback ?? "");
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var format = rest.Split('^') is [_, var given, ..] ? given : "{date_num} {time}";
        var words = DatePart().Replace(format, match => match.Groups[1].Value switch
        {
            "time" => at.ToString("HH:mm", CultureInfo.InvariantCulture),
            "time_secs" => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            "date_num" => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "ago" => at.ToString("HH:mm", CultureInfo.InvariantCulture),
            "date_pretty" or "date_short_pretty" or "date_long_pretty" when Near(at, now) is { } near => near,
            "date_short" or "date_short_pretty" => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            _ => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        });
        return $"<time datetime=\"{at:yyyy-MM-ddTHH:mm:ssZ}\">{Encode(words)}</time>";
    }

    /// <summary>The pretty forms of a date say the day in a word where there is one.</summary>
    private static string? Near(DateTimeOffset at, DateTimeOffset now) => (at.UtcDateTime.Date - now.UtcDateTime.Date).Days switch
    {
        0 => "today",
        -1 => "yesterday",
        1 => "tomorrow",
        _ => null,
    };

    private static string Style(string html)
    {
        html = Bold().Replace(html, "<strong>$1</strong>");
        html = Italic().Replace(html, "<em>$1</em>");
        html = Strike().Replace(html, "<s>$1</s>");
        html = Quote().Replace(html, "<blockquote>$1</blockquote>");
        return html.Replace("</blockquote>\n", "</blockquote>", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
    }

    /// <summary>Undoes Slack's three entities, once and in the order that undoes the ampersand last.</summary>
    private static string Plain(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>Controls that turn the direction of a whole line have no place in somebody's text.</summary>
    private static string Neutral(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\0'))
            {
                clean.Append(letter);
            }
        }

        return clean.ToString();
    }

    /// <summary>The five characters that mean something in HTML text and attributes. The framework's encoder would also turn the marks of
    /// kept pieces, which are private-use characters, into entities.</summary>
    private static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    [GeneratedRegex("```(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?!\u200B)([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("<([^<>\n]+)>")]
    private static partial Regex Token();

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Placeholder();

    // What stands beside an invisible space is no format: the app parts with it what it means literally.
    [GeneratedRegex(@"(?<![\w*])\*(?=[^\s\u200B])([^*\n]+?)(?<=[^\s\u200B])\*(?![\w*])")]
    private static partial Regex Bold();

    [GeneratedRegex(@"(?<![\w_])_(?=[^\s\u200B])([^_\n]+?)(?<=[^\s\u200B])_(?![\w_])")]
    private static partial Regex Italic();

    [GeneratedRegex(@"(?<![\w~])~(?=[^\s\u200B])([^~\n]+?)(?<=[^\s\u200B])~(?![\w~])")]
    private static partial Regex Strike();

    [GeneratedRegex(@"^&gt; ?(.*)$", RegexOptions.Multiline)]
    private static partial Regex Quote();

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex DatePart();
}
