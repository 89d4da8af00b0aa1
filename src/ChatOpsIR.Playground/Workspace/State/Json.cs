using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatOpsIR.Playground;

/// <summary>Small words for reading and writing JSON trees.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string? Text(this JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>Copies are needed because a node has one parent only.</summary>
    public static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    /// <summary>Sets the field unless there is nothing to say.</summary>
    public static void SetIf(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
