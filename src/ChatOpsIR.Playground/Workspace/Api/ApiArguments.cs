using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>Arguments of one call. Slack takes the same thing as JSON or as form text, so every reader accepts both.</summary>
internal sealed class ApiArguments(JsonObject raw)
{
    public string? Text(string name) => raw[name] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        null => null,
        var other => other.ToJsonString(),
    };

    public string Required(string name) => Text(name) is { Length: > 0 } text
        ? text
        : throw SlackRefusal.Because("invalid_arguments", $"missing required field: {name} [json-pointer:/{name}]");

    public bool Flag(string name) => Text(name) is { } text && (text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    public bool Has(string name) => raw[name] is not null;

    public int Whole(string name, int otherwise, string refusal)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new SlackRefusal(refusal);
    }

    public JsonNode? Tree(string name, string refusal)
    {
        try
        {
            return raw[name] switch
            {
                JsonValue value when value.TryGetValue(out string? text) => string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text),
                var node => Json.Copy(node),
            };
        }
        catch (JsonException)
        {
            throw new SlackRefusal(refusal);
        }
    }
}
