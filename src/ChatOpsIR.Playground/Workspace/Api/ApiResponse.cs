using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>An answer of the Web API.</summary>
public sealed record ApiResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as a tree, for tests and checkers.</summary>
    public JsonObject Json() => JsonNode.Parse(Encoding.UTF8.GetString(Body))!.AsObject();
}

/// <summary>Slack said no. Thrown inside the engine only, so that a rule can be one guard line wherever it applies.</summary>
internal sealed class SlackRefusal(string error, JsonObject? more = null) : Exception(error)
{
    public string Error => Message;

    public JsonObject? More => more;

    public static SlackRefusal Because(string error, string explanation) => new(error, new JsonObject
    {
        ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {explanation}") },
    });
}
