using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A file as Slack describes it. Whose bytes are here says so in its address, which the bot's token opens.</summary>
internal static class FileShapes
{
    public static JsonObject Hosted(WorkspaceState state, JsonObject given, string name, int? bytes, string user, Channel channel)
    {
        var id = state.NextId("F");
        var type = Path.GetExtension(name).TrimStart('.');
        var files = bytes is null ? $"https://files.slack.com/files-pri/{WorkspaceState.TeamId}-{id}" : state.FilesUrl + id;
        return new JsonObject
        {
            ["id"] = id,
            ["created"] = state.NowSeconds,
            ["timestamp"] = state.NowSeconds,
            ["name"] = name,
            ["title"] = given.Text("title") ?? name,
            ["mimetype"] = given.Text("mimetype") ?? "application/octet-stream",
            ["filetype"] = type,
            ["pretty_type"] = type.ToUpperInvariant(),
            ["user"] = user,
            ["editable"] = false,
            ["size"] = bytes ?? (given["size"] is JsonValue size && size.TryGetValue(out long said) ? said : 0),
            ["mode"] = "hosted",
            ["is_external"] = false,
            ["external_type"] = "",
            ["is_public"] = channel.Kind == ChannelKind.Public,
            ["public_url_shared"] = false,
            ["display_as_bot"] = false,
            ["username"] = "",
            ["url_private"] = $"{files}/{Uri.EscapeDataString(name)}",
            ["url_private_download"] = $"{files}/download/{Uri.EscapeDataString(name)}",
            ["permalink"] = $"https://{state.Settings.Domain}.slack.com/files/{user}/{id}/{Uri.EscapeDataString(name)}",
            ["has_rich_preview"] = false,
            ["file_access"] = "visible",
        };
    }

    /// <summary>What a message keeps of a file that was deleted.</summary>
    public static JsonObject Gone(string id) => new() { ["id"] = id, ["mode"] = "tombstone" };

    public static bool IsGone(JsonNode? file) => file.Text("mode") == "tombstone";
}
