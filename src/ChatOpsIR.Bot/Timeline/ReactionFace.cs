namespace ChatOpsIR.Bot.Timeline;

/// <summary>The reactions that are usual in a war room, as pictures; others keep their name.</summary>
public static class ReactionFace
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["eyes"] = "👀", ["white_check_mark"] = "✅", ["thumbsup"] = "👍", ["+1"] = "👍", ["thumbsdown"] = "👎", ["-1"] = "👎", ["pray"] = "🙏", ["tada"] = "🎉",
        ["fire"] = "🔥", ["rotating_light"] = "🚨", ["warning"] = "⚠️", ["wave"] = "👋", ["x"] = "❌", ["heart"] = "❤️", ["raised_hands"] = "🙌", ["rocket"] = "🚀",
        ["hourglass"] = "⌛", ["mag"] = "🔍", ["question"] = "❓", ["heavy_check_mark"] = "✔️",
    };

    public static string Of(string name) => Known.GetValueOrDefault(name.Split("::")[0], $":{Core.Chat.PlainText.Line(name)}:");
}
