using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Draws a button. What it types travels in its value and is parsed and authorised when it is pressed.</summary>
internal static class ButtonElement
{
    private const int LongestLabel = 75;
    private const int LongestValue = 2000;

    public static JsonObject Draw(Button button, int number)
    {
        var element = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = string.Create(CultureInfo.InvariantCulture, $"say:{number}"),
            ["text"] = BlockKit.Plain(button.Label, LongestLabel),
            ["value"] = Value(button),
        };
        if (button.Style is not ButtonStyle.Plain)
        {
            element["style"] = button.Style is ButtonStyle.Primary ? "primary" : "danger";
        }

        if (button.Confirm is { } question)
        {
            element["confirm"] = new JsonObject
            {
                ["title"] = BlockKit.Plain(button.Label, 100),
                ["text"] = BlockKit.Plain(question, 300),
                ["confirm"] = BlockKit.Plain(button.Label, 30),
                ["deny"] = BlockKit.Plain("Cancel", 30),
            };
        }

        return element;
    }

    /// <summary>Slack opens the address, and tells us of the press too: without a value it says nothing.</summary>
    public static JsonObject Draw(OpenLink link, int number) => new()
    {
        ["type"] = "button",
        ["action_id"] = string.Create(CultureInfo.InvariantCulture, $"open:{number}"),
        ["text"] = BlockKit.Plain(link.Label, LongestLabel),
        ["url"] = link.Address.AbsoluteUri,
    };

    /// <summary>Half a command could mean something else, so a command that does not fit becomes a plea for help.</summary>
    private static string Value(Button button)
    {
        var value = ApiJson.Text(Say(button, CodePoints.Clean(button.Command)));
        return CodePoints.Count(value) <= LongestValue ? value : ApiJson.Text(Say(button, "help"));
    }

    private static JsonObject Say(Button button, string command) => new()
    {
        ["incident"] = button.Incident?.ToString(),
        ["say"] = command,
    };
}
