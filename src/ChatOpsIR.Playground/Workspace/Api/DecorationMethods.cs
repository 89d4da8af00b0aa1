using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Pins, bookmarks and reactions.</summary>
internal sealed class DecorationMethods(WorkspaceState state, Posts posts)
{
    private const string Bot = WorkspaceState.BotUser;

    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["pins.add"] = new(2, true, Scopes.Only("pins:write"), given => Mark(given, (channel, message) => posts.Pin(channel, message, Bot))),
        ["pins.remove"] = new(2, true, Scopes.Only("pins:write"), given => Mark(given, (channel, message) => posts.Unpin(channel, message, Bot))),
        ["pins.list"] = new(2, false, Scopes.Only("pins:read"), Pins),
        ["bookmarks.add"] = new(2, true, Scopes.Only("bookmarks:write"), AddBookmark),
        ["bookmarks.list"] = new(3, true, Scopes.Only("bookmarks:read"), Bookmarks),
        ["reactions.add"] = new(3, true, Scopes.Only("reactions:write"), given => React(given, posts.React)),
        ["reactions.remove"] = new(2, true, Scopes.Only("reactions:write"), given => React(given, posts.Unreact)),
    };

    private JsonObject Mark(ApiArguments given, Action<Channel, Message> act)
    {
        var channel = state.JoinedChannel(given.Required("channel"));
        act(channel, state.Message(channel, Timestamp(given)));
        return [];
    }

    private JsonObject React(ApiArguments given, Action<Channel, Message, string, string> act)
    {
        var channel = state.JoinedChannel(given.Required("channel"));
        if (channel.Archived)
        {
            throw new SlackRefusal("is_archived");
        }

        var name = given.Required("name");
        if (name.Any(letter => !(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+' or ':' or '\'')))
        {
            throw new SlackRefusal("invalid_name");
        }

        act(channel, state.Message(channel, Timestamp(given)), Bot, name.Trim(':'));
        return [];
    }

    private static string Timestamp(ApiArguments given)
    {
        var ts = given.Text("timestamp") is { Length: > 0 } text ? text : throw new SlackRefusal("no_item_specified");
        return Guard.IsTs(ts) ? ts : throw new SlackRefusal("bad_timestamp");
    }

    private JsonObject Pins(ApiArguments given)
    {
        var channel = state.JoinedChannel(given.Required("channel"));
        return new JsonObject
        {
            ["items"] = new JsonArray([.. posts.PinsOf(channel).OrderByDescending(message => message.Pinned!.At).Select(Pin)]),
        };
    }

    private JsonNode Pin(Message message)
    {
        var shown = MessageShapes.Stored(state, message);
        shown["permalink"] = MessageShapes.Permalink(state, message);
        return new JsonObject
        {
            ["type"] = "message",
            ["created"] = message.Pinned!.At,
            ["created_by"] = message.Pinned.By,
            ["channel"] = message.Channel,
            ["message"] = shown,
        };
    }

    private JsonObject AddBookmark(ApiArguments given)
    {
        var channel = state.JoinedChannel(given.Required("channel_id"));
        var title = given.Required("title");
        if (given.Required("type") != "link")
        {
            throw new SlackRefusal("invalid_bookmark_type");
        }

        if (!Uri.TryCreate(given.Text("link"), UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https"))
        {
            throw new SlackRefusal("invalid_link");
        }

        if (channel.Bookmarks.Count >= 100)
        {
            throw new SlackRefusal("too_many_bookmarks");
        }

        var bookmark = new Bookmark(state.NextId("Bk"), title, link.OriginalString, "link", given.Text("emoji") ?? "", state.NowSeconds, Bot);
        channel.Bookmarks.Add(bookmark);
        state.Touch(channel);
        return new JsonObject { ["bookmark"] = Shown(channel, bookmark) };
    }

    private JsonObject Bookmarks(ApiArguments given)
    {
        var channel = state.JoinedChannel(given.Required("channel_id"));
        return new JsonObject { ["bookmarks"] = new JsonArray([.. channel.Bookmarks.Select(bookmark => Shown(channel, bookmark))]) };
    }

    private static JsonObject Shown(Channel channel, Bookmark bookmark) => new()
    {
        ["id"] = bookmark.Id,
        ["channel_id"] = channel.Id,
        ["title"] = bookmark.Title,
        ["link"] = bookmark.Link,
        ["emoji"] = bookmark.Emoji,
        ["icon_url"] = null,
        ["type"] = bookmark.Type,
        ["entity_id"] = null,
        ["date_created"] = bookmark.Created,
        ["date_updated"] = 0,
        ["rank"] = "U",
        ["last_updated_by_user_id"] = bookmark.By,
        ["last_updated_by_team_id"] = WorkspaceState.TeamId,
        ["shortcut_id"] = null,
        ["app_id"] = WorkspaceState.AppId,
    };
}
