using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Files that come with a message, as <c>{name, mimetype, content}</c> with the bytes in base64. Without content a file is only
/// described, which is enough for whoever wants to see what the bot makes of it.</summary>
internal static class Uploads
{
    public const int MostBytes = 1_000_000;
    public const int MostFiles = 5;

    private const int LongestName = 200;

    public static JsonArray? Of(WorkspaceState state, JsonArray? given, string user, Channel channel)
    {
        if (given is not { Count: > 0 })
        {
            return null;
        }

        if (given.Count > MostFiles)
        {
            throw new SlackRefusal("too_many_files");
        }

        (JsonObject Given, byte[]? Content)[] files = [.. given.OfType<JsonObject>().Select(file => (file, Bytes(file.Text("content"))))];
        return [.. files.Select(file => Kept(state, file.Given, file.Content, user, channel))];
    }

    private static JsonObject Kept(WorkspaceState state, JsonObject given, byte[]? content, string user, Channel channel)
    {
        var name = Clean(given.Text("name") ?? "");
        var shape = FileShapes.Hosted(state, given, name, content?.Length, user, channel);
        if (content is not null)
        {
            state.Add(new StoredFile { Id = shape.Text("id")!, Name = name, Content = content });
        }

        return shape;
    }

    private static byte[]? Bytes(string? encoded)
    {
        if (encoded is null)
        {
            return null;
        }

        var bytes = new byte[encoded.Length / 4 * 3];
        if (bytes.Length > MostBytes + 2)
        {
            throw new SlackRefusal("file_too_large");
        }

        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            throw new SlackRefusal("invalid_file");
        }

        return length <= MostBytes ? bytes[..length] : throw new SlackRefusal("file_too_large");
    }

    /// <summary>A name, never a path, and nothing in it that a line or a header could trip over.</summary>
    private static string Clean(string name)
    {
        var clean = string.Concat(name.Split('/', '\\')[^1].Where(letter => !char.IsControl(letter)).Take(LongestName)).Trim();
        return clean.Length == 0 || char.IsHighSurrogate(clean[^1]) ? "file" : clean;
    }
}
