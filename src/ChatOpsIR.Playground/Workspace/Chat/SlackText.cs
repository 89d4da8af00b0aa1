using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsIR.Playground;

/// <summary>Text as people type it, turned into text as Slack stores it.</summary>
internal static partial class SlackText
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What somebody typed, cut into plain pieces, people, channels, links and broadcasts.</summary>
    public static IReadOnlyList<Piece> Cut(string typed, WorkspaceState state, string author)
    {
        List<Piece> pieces = [];
        var from = 0;
        foreach (Match match in Marks().Matches(typed))
        {
            if (match.Index < from || Resolve(typed, match, state, author) is not { } piece)
            {
                continue;
            }

            Plain(pieces, typed[from..match.Index]);
            pieces.Add(piece);
            from = match.Index + piece.Typed.Length;
        }

        Plain(pieces, typed[from..]);
        return pieces;
    }

    /// <summary>The stored text of a message.</summary>
    public static string Message(IReadOnlyList<Piece> pieces) => string.Concat(pieces.Select(piece => piece.Kind switch
    {
        PieceKind.User => $"<@{piece.Value}>",
        PieceKind.Channel => $"<#{piece.Value}|{piece.Label}>",
        PieceKind.Link => $"<{Escape(piece.Value)}>",
        PieceKind.Broadcast => $"<!{piece.Value}>",
        _ => Escape(piece.Value),
    }));

    /// <summary>The text of a slash command whose mentions are escaped (<c>should_escape</c>): people carry their name as well, private
    /// channels carry none.</summary>
    public static string Command(IReadOnlyList<Piece> pieces) => string.Concat(pieces.Select(piece => piece.Kind switch
    {
        PieceKind.User => $"<@{piece.Value}|{piece.Label}>",
        PieceKind.Channel => $"<#{piece.Value}|{(piece.Private ? "" : piece.Label)}>",
        PieceKind.Link => $"<{Escape(piece.Value)}>",
        PieceKind.Broadcast => $"<!{piece.Value}>",
        _ => Escape(piece.Value),
    }));

    public static JsonArray RichText(IReadOnlyList<Piece> pieces, string blockId) =>
    [
        new JsonObject
        {
            ["type"] = "rich_text",
            ["block_id"] = blockId,
            ["elements"] = new JsonArray(new JsonObject
            {
                ["type"] = "rich_text_section",
                ["elements"] = new JsonArray([.. pieces.Select(Element)]),
            }),
        },
    ];

    private static JsonNode Element(Piece piece) => piece.Kind switch
    {
        PieceKind.User => new JsonObject { ["type"] = "user", ["user_id"] = piece.Value },
        PieceKind.Channel => new JsonObject { ["type"] = "channel", ["channel_id"] = piece.Value },
        PieceKind.Link => new JsonObject { ["type"] = "link", ["url"] = piece.Value },
        PieceKind.Broadcast => new JsonObject { ["type"] = "broadcast", ["range"] = piece.Value },
        _ => new JsonObject { ["type"] = "text", ["text"] = piece.Value },
    };

    private static void Plain(List<Piece> pieces, string text)
    {
        if (text.Length > 0)
        {
            pieces.Add(new Piece(PieceKind.Plain, text, text));
        }
    }

    private static Piece? Resolve(string typed, Match match, WorkspaceState state, string author) => typed[match.Index] switch
    {
        '@' => Mention(typed[(match.Index + 1)..], state),
        '#' => Room(match.Value[1..], state, author),
        _ => new Piece(PieceKind.Link, match.Value, match.Value),
    };

    private static Piece? Mention(string rest, WorkspaceState state)
    {
        if (Broadcasts.FirstOrDefault(word => StartsWithWord(rest, word)) is { } word)
        {
            return new Piece(PieceKind.Broadcast, word, '@' + word);
        }

        var named = state.People.Values
            .SelectMany(person => new[] { (person, name: person.Name), (person, name: person.Handle) })
            .Where(pair => StartsWithWord(rest, pair.name))
            .OrderByDescending(pair => pair.name.Length)
            .FirstOrDefault();
        return named.person is null ? null : new Piece(PieceKind.User, named.person.Id, '@' + rest[..named.name.Length], named.person.Handle);
    }

    private static Piece? Room(string name, WorkspaceState state, string author) =>
        state.Channels.Values.FirstOrDefault(channel => channel.Kind != ChannelKind.Direct && channel.Name == name
            && (channel.Kind == ChannelKind.Public || channel.Members.Contains(author))) is { } found
            ? new Piece(PieceKind.Channel, found.Id, '#' + name, found.Name, found.Kind == ChannelKind.Private)
            : null;

    private static bool StartsWithWord(string rest, string word) =>
        rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (rest.Length == word.Length || !(char.IsLetterOrDigit(rest[word.Length]) || rest[word.Length] == '_'));

    private static readonly string[] Broadcasts = ["here", "channel", "everyone"];

    [GeneratedRegex(@"(?<![\w@])@(?=\w)|(?<![\w#])#[\p{Ll}\p{Lo}0-9_-]+|https?://[^\s<>""]*[^\s<>"".,;:!?)\]]")]
    private static partial Regex Marks();
}

internal enum PieceKind
{
    Plain,
    User,
    Channel,
    Link,
    Broadcast,
}

internal sealed record Piece(PieceKind Kind, string Value, string Typed, string Label = "", bool Private = false);
