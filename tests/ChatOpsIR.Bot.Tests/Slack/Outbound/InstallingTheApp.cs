using System.Text.Json;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class InstallingTheApp
{
    private static readonly string[] Needed =
    [
        "app_mentions:read", "channels:history", "channels:manage", "channels:read", "chat:write", "commands", "files:read", "groups:history",
        "groups:read", "groups:write", "im:write", "pins:read", "pins:write", "reactions:read", "users:read", "users:read.email",
    ];

    private static readonly string[] Heard =
    [
        "app_home_opened", "app_mention", "channel_deleted", "channel_history_changed", "channel_id_changed", "channel_left", "channel_shared",
        "channel_unshared", "file_deleted", "group_deleted", "group_history_changed", "group_left", "member_joined_channel", "message.channels",
        "message.groups", "pin_added", "pin_removed", "reaction_added", "reaction_removed",
    ];

    [Fact]
    public void asks_for_what_the_bot_uses()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("manifests", "slack.json")));
        var root = manifest.RootElement;

        var scopes = Texts(root.GetProperty("oauth_config").GetProperty("scopes").GetProperty("bot"));
        Assert.Empty(Needed.Except(scopes));
        Assert.Equal("/incident", Assert.Single(root.GetProperty("features").GetProperty("slash_commands").EnumerateArray()).GetProperty("command").GetString());

        var settings = root.GetProperty("settings");
        Assert.Empty(Heard.Except(Texts(settings.GetProperty("event_subscriptions").GetProperty("bot_events"))));
        Assert.True(settings.GetProperty("interactivity").GetProperty("is_enabled").GetBoolean());
        Assert.InRange(root.GetProperty("display_information").GetProperty("description").GetString()!.Length, 1, 140);
    }

    [Fact]
    public void offers_the_shortcuts_the_own_page_and_the_selects()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("manifests", "slack.json")));
        var features = manifest.RootElement.GetProperty("features");

        var shortcuts = features.GetProperty("shortcuts").EnumerateArray().ToArray();
        Assert.Equal(
            ["global declare_incident", "message add_to_timeline", "message declare_from_message", "message note_task"],
            shortcuts.Select(shortcut => $"{shortcut.GetProperty("type").GetString()} {shortcut.GetProperty("callback_id").GetString()}"));
        Assert.All(shortcuts, shortcut =>
        {
            Assert.InRange(shortcut.GetProperty("name").GetString()!.Length, 1, 24);
            Assert.InRange(shortcut.GetProperty("description").GetString()!.Length, 1, 150);
        });
        Assert.True(features.GetProperty("app_home").GetProperty("home_tab_enabled").GetBoolean());
        Assert.EndsWith("/slack/options", manifest.RootElement.GetProperty("settings").GetProperty("interactivity").GetProperty("message_menu_options_url").GetString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);
}
