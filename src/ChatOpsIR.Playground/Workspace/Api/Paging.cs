using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Cursors. They name the place to go on from and, like Slack's, end in "=" often enough to catch a missing URL-encoding.</summary>
internal static class Paging
{
    /// <summary>One page. What comes after a cursor is decided by order and not by place, so that paging goes on although the message that
    /// the page before ended with has been deleted since.</summary>
    public static (IReadOnlyList<T> Page, string Next) Cut<T>(
        IEnumerable<T> all, ApiArguments given, int limit, Func<T, string> key, Func<string, string, bool> isAfter)
    {
        var rest = all;
        if (given.Text("cursor") is { Length: > 0 } cursor)
        {
            var after = Decode(cursor);
            rest = rest.Where(item => isAfter(key(item), after));
        }

        List<T> page = [.. rest.Take(limit + 1)];
        if (page.Count <= limit)
        {
            return (page, "");
        }

        page.RemoveAt(limit);
        return (page, Encode(key(page[^1])));
    }

    public static bool Ascending(string key, string cursor) => string.CompareOrdinal(key, cursor) > 0;

    public static bool Descending(string key, string cursor) => string.CompareOrdinal(key, cursor) < 0;

    public static int Limit(ApiArguments given, int otherwise, int most)
    {
        var limit = given.Whole("limit", otherwise, "invalid_limit");
        return limit == 0 ? otherwise : Math.Clamp(limit, 1, most);
    }

    public static JsonObject Metadata(string next) => new() { ["next_cursor"] = next };

    public static string Encode(string key)
    {
        var text = "next:" + key;
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Length % 3 == 0 ? text + ' ' : text));
    }

    public static string Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length))
        {
            throw new SlackRefusal("invalid_cursor");
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd();
        return text.StartsWith("next:", StringComparison.Ordinal) ? text[5..] : throw new SlackRefusal("invalid_cursor");
    }
}
