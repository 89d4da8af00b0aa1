using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Slack's markup to pieces. Entities are decoded last, so that a typed <c>&amp;lt;@U1&amp;gt;</c> stays text.</summary>
internal static partial class SlackWords
{
    public static ImmutableArray<Piece> Pieces(string? text, BotIdentity us)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var words = new StringBuilder();
        var read = 0;
        foreach (Match match in Token().Matches(text ?? ""))
        {
            words.Append(Decoded(text![read..match.Index]));
            read = match.Index + match.Length;
            var (what, label) = (match.Groups["what"].Value, match.Groups["label"].Value);
            Piece? special = what[0] switch
            {
                '@' when UserId().IsMatch(what) => new PersonPiece(SlackPeople.Person(us, what[1..]), Label(label)),
                '#' when ChannelId().IsMatch(what) => new RoomPiece(SlackPeople.Room(what[1..]), Label(label)),
                _ => null,
            };
            if (special is null)
            {
                words.Append(Address().IsMatch(what) ? Link(Decoded(what), Decoded(label)) : Decoded(match.Value));
                continue;
            }

            Flush();
            pieces.Add(special);
        }

        words.Append(Decoded((text ?? "")[read..]));
        Flush();
        return pieces.ToImmutable();

        void Flush()
        {
            if (words.Length > 0)
            {
                pieces.Add(new TextPiece(words.ToString()));
                words.Clear();
            }
        }
    }

    /// <summary>What follows <c>!incident</c> or a mention of us at the start of a message; null when it starts with neither.</summary>
    public static string? AddressedToUs(string? text, BotIdentity us)
    {
        var start = text?.TrimStart();
        return start is not null && Opening().Match(start) is { Success: true } match &&
            (match.Groups["user"] is not { Success: true } user || user.Value == us.BotUser)
            ? start[match.Length..].TrimStart()
            : null;
    }

    /// <summary>Whether a message begins with <c>!incident</c>.</summary>
    public static bool IsCommand(string? text) =>
        text is not null && text.AsSpan().TrimStart() is ['!', ..] && Opening().IsMatch(text.TrimStart());

    private static string? Label(string label) => label.Length == 0 ? null : Decoded(label);

    private static string Link(string url, string label)
    {
        var scheme = url.IndexOf(':', StringComparison.Ordinal);
        var bare = url[(scheme + 1)..].TrimStart('/');
        if (label.Length == 0 || label == url)
        {
            return url;
        }

        if (label.TrimEnd('/') == bare.TrimEnd('/'))
        {
            return url.StartsWith("http", StringComparison.Ordinal) ? url : label;
        }

        return $"{url} ({label})";
    }

    private static string Decoded(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"<(?<what>[^<>|]+)(?:\|(?<label>[^<>]*))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^@[UW][A-Z0-9]{1,250}$", RegexOptions.CultureInvariant)]
    private static partial Regex UserId();

    [GeneratedRegex("^#[CGD][A-Z0-9]{1,250}$", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelId();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:\S+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:!incident(?=\s|$)|<@(?<user>[UW][A-Z0-9]+)(?:\|[^<>]*)?>)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Opening();
}
