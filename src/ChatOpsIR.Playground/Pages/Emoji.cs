using System.Text.RegularExpressions;

namespace ChatOpsIR.Playground.Pages;

/// <summary>The few emoji that a war room needs; unknown codes stay as they are.</summary>
public static partial class Emoji
{
    /// <summary>Offered by the reaction button.</summary>
    public static IReadOnlyList<string> Offered { get; } = ["eyes", "white_check_mark", "thumbsup", "pray", "tada", "fire"];

    private static readonly Dictionary<string, string> Known = new()
    {
        ["eyes"] = "👀", ["white_check_mark"] = "✅", ["thumbsup"] = "👍", ["+1"] = "👍", ["thumbsdown"] = "👎", ["-1"] = "👎", ["pray"] = "🙏",
        ["tada"] = "🎉", ["fire"] = "🔥", ["rotating_light"] = "🚨", ["warning"] = "⚠️", ["bell"] = "🔔", ["alarm_clock"] = "⏰", ["lock"] = "🔒",
        ["memo"] = "📝", ["wave"] = "👋", ["x"] = "❌", ["heavy_check_mark"] = "✔️", ["hourglass"] = "⌛", ["rocket"] = "🚀", ["mag"] = "🔍",
        ["red_circle"] = "🔴", ["large_orange_circle"] = "🟠", ["large_yellow_circle"] = "🟡", ["large_blue_circle"] = "🔵", ["large_green_circle"] = "🟢",
        ["heart"] = "❤️", ["raised_hands"] = "🙌", ["pushpin"] = "📌", ["bar_chart"] = "📊", ["shield"] = "🛡️", ["question"] = "❓",
    };

    public static string Of(string name) => Known.GetValueOrDefault(name.Split("::")[0], $":{name}:");

    public static string Shown(string text) => Codes().Replace(text, match => Known.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(":([a-z0-9_+-]+):")]
    private static partial Regex Codes();
}
