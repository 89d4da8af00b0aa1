using System.Text.Json;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class Every_documented_request
{
    private const string M = "slack:C123ABC456:";

    public static TheoryData<string, ChatKind?, string?> Events => new()
    {
        { "url_verification.json", null, null },
        { "app_rate_limited.json", null, null },
        { "message_plain.json", ChatKind.Message, $"{M}1735689600.000100" },
        { "message_thread_reply.json", ChatKind.Message, $"{M}1735689660.000200" },
        { "message_thread_broadcast.json", ChatKind.Message, $"{M}1735689700.000300" },
        { "message_changed_edit.json", ChatKind.MessageEdited, $"{M}1735689600.000100:edit:1735689720.000000:h(Restarting the *redis* tier||)" },
        { "message_changed_unfurl.json", null, null },
        { "message_changed_tombstone.json", ChatKind.MessageDeleted, $"{M}1735689600.000100:del" },
        { "message_deleted.json", ChatKind.MessageDeleted, $"{M}1735689725.000450:del" },
        { "message_bot_modern.json", ChatKind.Message, $"{M}1735689760.000800" },
        { "message_bot_message_subtype.json", ChatKind.Message, $"{M}1735689765.000850" },
        { "message_file_share.json", ChatKind.Message, $"{M}1735689770.000900" },
        { "message_file_share_check_file_info.json", ChatKind.Message, $"{M}1735689771.000910" },
        { "message_channel_join.json", ChatKind.MemberJoined, $"{M}1735689780.001000" },
        { "message_channel_topic.json", ChatKind.RoomChanged, $"{M}1735689790.001100" },
        { "message_channel_name.json", ChatKind.RoomChanged, $"{M}1735689800.001200" },
        { "message_huddle_thread.json", ChatKind.Message, $"{M}1735689805.001250" },
        { "reaction_added.json", ChatKind.ReactionAdded, $"{M}1735689600.000100:react:white_check_mark:U123ABC456:added:1735689810.001300" },
        { "reaction_removed_no_item_user.json", ChatKind.ReactionRemoved, $"{M}1735689765.000850:react:thumbsup::skin-tone-3:U123ABC456:removed:1735689811.001310" },
        { "pin_added.json", ChatKind.PinAdded, $"{M}pin_added:1735689820.001400" },
        { "file_shared.json", null, null },
        { "file_deleted.json", ChatKind.RoomChanged, $"{M}file_deleted:1735689830.001500" },
        { "member_joined_channel.json", null, null },
        { "channel_rename.json", null, null },
        { "channel_archive.json", null, null },
        { "channel_id_changed.json", ChatKind.RoomChanged, "slack:G123ABC456:channel_id_changed:1735689910.001700" },
        { "user_change.json", null, null },
        { "app_mention.json", ChatKind.Message, $"{M}1735689930.001900" },
        { "tokens_revoked.json", null, null },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public async Task of_the_events_api_is_kept_once_or_left_alone(string file, ChatKind? kind, string? key)
    {
        var slack = new DoorDriver();
        slack.Desk.Rooms.Add("G123ABC456");

        var reply = await slack.SendExampleAsync(SlackRoute.Events, file);

        Assert.Equal(200, reply.Status);
        Assert.Equal((kind, key), slack.Desk.Recorded is [var one] ? (one.Record.Kind, one.Stamp.CauseKey) : (null, null));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public async Task from_a_room_without_an_incident_leaves_nothing(string file, ChatKind? kind, string? key)
    {
        _ = (kind, key);
        var slack = new DoorDriver();
        slack.Desk.Rooms.Clear();

        Assert.Equal(200, (await slack.SendExampleAsync(SlackRoute.Events, file)).Status);
        Assert.Empty(slack.Desk.Recorded);
    }

    [Theory]
    [InlineData(SlackRoute.Commands, "slash_command.form", "slack:cmd:h(13345224609.738474920.8088930838d88f008e0)")]
    [InlineData(SlackRoute.Commands, "slash_command_enterprise.form", "slack:cmd:h(13345224609.738474920.8088930838d88f008e0)")]
    [InlineData(SlackRoute.Commands, "ssl_check.form", null)]
    [InlineData(SlackRoute.Interactivity, "view_submission.form", null)]
    [InlineData(SlackRoute.Interactivity, "view_closed.form", null)]
    [InlineData(SlackRoute.Interactivity, "block_actions_message_button.form", null)]
    [InlineData(SlackRoute.Interactivity, "message_action.form", "slack:cmd:h(1.2.3)")]
    [InlineData(SlackRoute.Interactivity, "shortcut_global.form", "slack:cmd:h(1.2.3)")]
    [InlineData(SlackRoute.Options, "block_suggestion.form", null)]
    public async Task of_people_is_said_once_or_left_alone(object route, string file, string? key)
    {
        var slack = new DoorDriver();

        Assert.Equal(200, (await slack.SendExampleAsync((SlackRoute)route, file)).Status);
        Assert.Equal(key, slack.Desk.Said.SingleOrDefault()?.CauseKey);
        Assert.Empty(slack.Desk.Recorded);
    }

    [Fact]
    public void has_an_expectation_here()
    {
        var files = JsonDocument.Parse(SlackFiles.Example("index.json")).RootElement.GetProperty("files").EnumerateArray()
            .Where(entry => entry.GetProperty("route").GetString() is "events").Select(entry => entry.GetProperty("file").GetString()!);

        Assert.Equal(files.Order(), Events.Select(row => row.Data.Item1).Order());
    }

    [Fact]
    public async Task for_the_address_is_answered_with_its_challenge()
    {
        var reply = await new DoorDriver().SendExampleAsync(SlackRoute.Events, "url_verification.json");

        Assert.Equal("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", DoorDriver.Text(reply));
    }

    [Fact]
    public async Task for_options_gets_none()
    {
        var reply = await new DoorDriver().SendExampleAsync(SlackRoute.Options, "block_suggestion.form");

        Assert.Equal("""{"options":[]}""", DoorDriver.Text(reply));
    }
}
