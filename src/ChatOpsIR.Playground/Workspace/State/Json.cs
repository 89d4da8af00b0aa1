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

    /// <summary>JSON can hold half of a surrogate pair ("\ud83d") and a name twice. Neither can be read here, and only reading tells, so it
    /// is tried at the door.</summary>
    public static bool IsReadable(JsonNode? node)
    {
        try
        {
            Read(node);
            return true;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    /// <summary>Copies are needed because a node has one parent only.</summary>
    public static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static void Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, field) in fields)
                {
                    Read(field);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Read(item);
                }

                break;
            case JsonValue value:
                value.TryGetValue(out string? _);
                break;
            default:
                break;
        }
    }

    /// <summary>Sets the field unless there is nothing to say.</summary>
    public static void SetIf(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
