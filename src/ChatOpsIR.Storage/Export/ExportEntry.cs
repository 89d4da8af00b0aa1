using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>Reads one entry of an export and holds it to the rules of the format, which leave one way to write each entry.</summary>
internal static class ExportEntry
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">With a sentence that says what is wrong.</exception>
    public static RawEntry Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : throw new FormatException("It is no object.");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException("One of its fields is there twice.", unreadable);
        }
    }

    private static RawEntry Read(JsonElement entry)
    {
        var content = Content(entry);
        var salt = Hex(entry, "salt", canBeNull: true);
        CheckRedacted(entry, content is not null, salt is not null);
        return new RawEntry
        {
            Version = Version(entry),
            Kind = Text(entry, "kind")!,
            OccurredAt = Text(entry, "occurredAt")!,
            RecordedAt = Text(entry, "recordedAt")!,
            Actor = TextOrAbsent(entry, "actor"),
            Source = TextOrAbsent(entry, "source"),
            CauseKey = TextOrAbsent(entry, "causeKey"),
            Data = Bytes(Field(entry, "data"), "data"),
            Content = OptionalBytes.Of(content),
            Salt = OptionalBytes.Of(salt),
            Commitment = Hex(entry, "commitment", canBeNull: false)!,
            PreviousHash = Hex(entry, "previousHash", canBeNull: false)!,
            Hash = Hex(entry, "hash", canBeNull: false)!,
        };
    }

    private static void CheckRedacted(JsonElement entry, bool hasContent, bool hasSalt)
    {
        var says = Field(entry, "redacted").ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new FormatException("Its 'redacted' is neither true nor false."),
        };
        if (says == hasContent)
        {
            throw new FormatException(says ? "It says that it was redacted, and its content is there." : "Its content is gone, and it does not say that it was redacted.");
        }

        if (hasContent != hasSalt)
        {
            throw new FormatException("Of content and salt one is gone and the other is not.");
        }
    }

    private static byte[]? Content(JsonElement entry)
    {
        var field = Field(entry, "content");
        var content = field.ValueKind == JsonValueKind.Null ? null : Bytes(field, "content");
        if (content is not null && !CleanText.Is(content))
        {
            throw new FormatException("Its content begins with a byte order mark, which only 'contentBase64' can hold.");
        }

        var encoded = entry.TryGetProperty("contentBase64", out _) ? Text(entry, "contentBase64", canBeNull: true) : null;
        if (encoded is null)
        {
            return content;
        }

        return content is null ? Decode(encoded) : throw new FormatException("Its content is there twice.");
    }

    private static byte[] Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || Convert.ToBase64String(bytes, 0, length) != encoded)
        {
            throw new FormatException("Its 'contentBase64' is no base64.");
        }

        return CleanText.Is(bytes.AsSpan(0, length))
            ? throw new FormatException("Its 'contentBase64' holds plain text, which belongs into 'content'.")
            : bytes[..length];
    }

    private static long Version(JsonElement entry) =>
        Field(entry, "version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var version)
            ? version
            : throw new FormatException("Its 'version' is no whole number.");

    private static string? TextOrAbsent(JsonElement entry, string name) =>
        Text(entry, name, canBeNull: true) is not "" and var text ? text : throw new FormatException($"Its '{name}' is empty; an absent one is null.");

    private static string? Text(JsonElement entry, string name, bool canBeNull = false)
    {
        var field = Field(entry, name);
        if (canBeNull && field.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return field.GetString() ?? throw new FormatException($"Its '{name}' is missing.");
        }
        catch (InvalidOperationException unreadable)
        {
            throw new FormatException($"Its '{name}' is no text.", unreadable);
        }
    }

    private static byte[]? Hex(JsonElement entry, string name, bool canBeNull)
    {
        var field = Field(entry, name);
        if (canBeNull && field.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = Bytes(field, name);
        return text.Length == EntryHash.Length * 2 && !text.AsSpan().ContainsAnyExcept(HexDigits)
            ? Convert.FromHexString(text)
            : throw new FormatException($"Its '{name}' is not {EntryHash.Length * 2} lower-case hex digits.");
    }

    // The text as it is hashed, without a detour over characters: most of what an export holds comes this way.
    private static byte[] Bytes(JsonElement field, string name)
    {
        if (field.ValueKind != JsonValueKind.String)
        {
            throw new FormatException(field.ValueKind == JsonValueKind.Null ? $"Its '{name}' is missing." : $"Its '{name}' is no text.");
        }

        try
        {
            var quoted = JsonMarshal.GetRawUtf8Value(field);
            var text = new Utf8JsonReader(quoted);
            text.Read();
            var bytes = new byte[quoted.Length];
            return bytes[..text.CopyString(bytes)];
        }
        catch (InvalidOperationException unreadable)
        {
            throw new FormatException($"Its '{name}' is no text.", unreadable);
        }
    }

    private static JsonElement Field(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var field) ? field : throw new FormatException($"Its '{name}' is missing.");
}
