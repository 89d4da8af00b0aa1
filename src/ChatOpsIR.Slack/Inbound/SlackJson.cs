using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Reads Slack's JSON without ever throwing: what is missing or of another shape is null.</summary>
internal static class SlackJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>Null when it is no JSON object.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Deep);
        }
        catch (JsonException)
        {
            return null;
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    public static JsonDocument? Parse(string? text) => text is null ? null : Parse(Encoding.UTF8.GetBytes(text));

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.Decoded() : null;

    /// <summary>A text that is there and not empty, as ids are.</summary>
    public static string? Id(this JsonElement element, string name) => element.Text(name) is { Length: > 0 } id ? id : null;

    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static bool IsTrue(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    public static JsonElement? Child(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Some other member's name is no text.
            return null;
        }
    }

    /// <summary>The bytes as they came.</summary>
    public static byte[] Raw(this JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();

    /// <summary>A string's text, with U+FFFD for whatever is no text (half a surrogate pair, broken UTF-8).</summary>
    public static string Decoded(this JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Mended(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text)).AsSpan()[1..^1]);
        }
    }

    private static string Mended(ReadOnlySpan<char> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] is not '\\')
            {
                text.Append(escaped[at]);
                continue;
            }

            at++;
            text.Append(escaped[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(escaped.Slice(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                var itself => itself,
            });
            at += escaped[at] is 'u' ? 4 : 0;
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
