using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What came of something that a person did.</summary>
/// <param name="Error">A code in Slack's style, null when it worked.</param>
/// <param name="Data">What was made: <c>ts</c>, <c>channel</c>, later the bot's immediate answer.</param>
/// <param name="Delivery">What the bot must answer at once, null when nothing waits for it.</param>
public sealed record ActResult(string? Error, JsonObject Data, Delivery? Delivery = null)
{
    public bool Ok => Error is null;

    public JsonObject ToJson()
    {
        var answer = new JsonObject { ["ok"] = Ok };
        answer.SetIf("error", Error);
        foreach (var (name, value) in Data)
        {
            answer[name] = value?.DeepClone();
        }

        return answer;
    }
}

/// <summary>What the bot said to a delivery. A null status means that no answer came.</summary>
public sealed record BotAnswer(int? Status, string? ContentType, byte[] Body, bool TimedOut = false)
{
    public static BotAnswer Nothing { get; } = new(null, null, [], TimedOut: true);

    public bool Good => Status is >= 200 and < 300;
}
