using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Reading and writing JSON the way Slack speaks it.</summary>
internal static class ApiJson
{
    // What we write goes to Slack and never into a page, so letters may stay letters.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Writing);

    public static string Text(JsonNode node) => node.ToJsonString(Writing);

    /// <summary>The object's own bytes as they arrived.</summary>
    public static byte[] Original(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();

    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var child) && child.ValueKind is not JsonValueKind.Null
            ? child
            : null;

    /// <summary>A text that is there and not empty.</summary>
    public static string? String(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.String } child && child.Decoded() is { Length: > 0 } text ? text : null;

    /// <summary>A string's text; as it was spelled, where half a surrogate pair makes it no text.</summary>
    public static string Decoded(this JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText()[1..^1];
        }
    }

    public static long? Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt64(out var number) ? number : null;

    public static bool Is(this JsonElement element, string name) => element.Child(name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Array } child ? child.EnumerateArray() : [];

    public static string? NextCursor(this JsonElement answer) => answer.Child("response_metadata")?.String("next_cursor");
}
