using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A file as Slack describes it. Only the description exists here; there are no bytes.</summary>
internal static class FileShapes
{
    public static JsonNode Hosted(WorkspaceState state, JsonObject given, string user, Channel channel)
    {
        var id = state.NextId("F");
        var name = given.Text("name") is { Length: > 0 } text ? text : "file";
        var type = Path.GetExtension(name).TrimStart('.');
        var files = "https://files.slack.com/files-pri/" + WorkspaceState.TeamId + "-" + id;
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
            ["size"] = given["size"] is JsonValue size && size.TryGetValue(out long bytes) ? bytes : 0,
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
}
