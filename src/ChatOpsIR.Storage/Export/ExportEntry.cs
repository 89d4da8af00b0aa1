using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>
/// Reads the entries of an export, one after the other, and holds each to the rules of the format, which leave one way to write it. Long
/// texts stay the bytes they are: most of an export is <c>data</c> and <c>content</c>, and both are only hashed.
/// </summary>
internal sealed class ExportEntry
{
    // In the order in which exports are written, so that the next name is nearly always the expected one.
    private static readonly string[] Names =
    [
        "version", "kind", "occurredAt", "recordedAt", "actor", "source", "causeKey", "data", "content", "salt", "redacted", "commitment", "previousHash",
        "hash", "contentBase64",
    ];

    private static readonly byte[][] Written = [.. Names.Select(Encoding.UTF8.GetBytes)];
    private static readonly int Needed = (1 << (Names.Length - 1)) - 1;
    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    private readonly HashSet<string> unknown = [];
    private int seen;
    private int expected;

    private long version;
    private string? kind, occurredAt, recordedAt, actor, source, causeKey;
    private ReadOnlyMemory<byte>? data, content, salt, commitment, previousHash, hash;
    private bool redacted, isEncoded;

    /// <summary>Reads the entry that begins with the token at hand; false where its end has not come yet.</summary>
    /// <exception cref="FormatException">With a sentence that says what is wrong with it.</exception>
    public bool TryRead(ref Utf8JsonReader reader, out RawEntry? entry)
    {
        entry = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("It is no object.");
        }

        Forget();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                entry = Entry();
                return true;
            }

            if (!TryTake(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    private void Forget()
    {
        unknown.Clear();
        (seen, expected, isEncoded, content) = (0, 0, false, null);
    }

    private bool TryTake(ref Utf8JsonReader reader)
    {
        var field = FieldOf(ref reader);
        if (field < 0 ? !unknown.Add(reader.GetString()!) : (seen & (1 << field)) != 0)
        {
            throw new FormatException("One of its fields is there twice.");
        }

        if (!reader.Read())
        {
            return false;
        }

        if (field < 0)
        {
            return reader.TrySkip();
        }

        seen |= 1 << field;
        expected = field + 1;
        Take(Names[field], ref reader);
        return true;
    }

    private RawEntry Entry()
    {
        if ((seen & Needed) != Needed)
        {
            throw new FormatException($"Its '{Names[BitOperations.TrailingZeroCount(~seen)]}' is missing.");
        }

        CheckRedacted();
        return new RawEntry
        {
            Version = version,
            Kind = kind!,
            OccurredAt = occurredAt!,
            RecordedAt = recordedAt!,
            Actor = actor,
            Source = source,
            CauseKey = causeKey,
            Data = data!.Value,
            Content = content,
            Salt = salt,
            Commitment = commitment!.Value,
            PreviousHash = previousHash!.Value,
            Hash = hash!.Value,
        };
    }

    private int FieldOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Written.Length; i++)
        {
            var field = (expected + i) % Written.Length;
            if (reader.ValueTextEquals(Written[field]))
            {
                return field;
            }
        }

        return -1;
    }

    private void Take(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "version":
                version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : throw new FormatException("Its 'version' is no whole number.");
                break;
            case "kind":
                kind = Text(name, ref reader);
                break;
            case "occurredAt":
                occurredAt = Text(name, ref reader);
                break;
            case "recordedAt":
                recordedAt = Text(name, ref reader);
                break;
            case "actor":
                actor = TextOrAbsent(name, ref reader);
                break;
            case "source":
                source = TextOrAbsent(name, ref reader);
                break;
            case "causeKey":
                causeKey = TextOrAbsent(name, ref reader);
                break;
            case "data":
                data = Bytes(name, ref reader);
                break;
            case "content":
                TakeContent(name, ref reader);
                break;
            case "salt":
                salt = IsNull(ref reader) ? OptionalBytes.Of(null) : Hex(name, ref reader);
                break;
            case "redacted":
                redacted = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw new FormatException("Its 'redacted' is neither true nor false.");
                break;
            case "commitment":
                commitment = Hex(name, ref reader);
                break;
            case "previousHash":
                previousHash = Hex(name, ref reader);
                break;
            case "hash":
                hash = Hex(name, ref reader);
                break;
            default:
                TakeEncoded(name, ref reader);
                break;
        }
    }

    private void TakeContent(string name, ref Utf8JsonReader reader)
    {
        if (IsNull(ref reader))
        {
            return;
        }

        CheckOnce();
        content = Bytes(name, ref reader);
        if (content.Value.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            throw new FormatException("Its content begins with a byte order mark, which only 'contentBase64' can hold.");
        }
    }

    private void TakeEncoded(string name, ref Utf8JsonReader reader)
    {
        if (IsNull(ref reader))
        {
            return;
        }

        CheckOnce();
        isEncoded = true;
        content = Decode(Text(name, ref reader));
    }

    private void CheckOnce()
    {
        if (content is not null)
        {
            throw new FormatException("Its content is there twice.");
        }
    }

    private void CheckRedacted()
    {
        var isThere = content is not null;
        if (redacted == isThere)
        {
            throw new FormatException(redacted ? "It says that it was redacted, and its content is there." : "Its content is gone, and it does not say that it was redacted.");
        }

        if (isThere != salt is not null)
        {
            throw new FormatException("Of content and salt one is gone and the other is not.");
        }

        if (isEncoded && CleanText.Is(content!.Value.Span))
        {
            throw new FormatException("Its 'contentBase64' holds plain text, which belongs into 'content'.");
        }
    }

    private static byte[] Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == encoded
            ? bytes[..length]
            : throw new FormatException("Its 'contentBase64' is no base64.");
    }

    private static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    private static string? TextOrAbsent(string name, ref Utf8JsonReader reader) =>
        IsNull(ref reader) ? null : Text(name, ref reader) is not "" and var text ? text : throw new FormatException($"Its '{name}' is empty; an absent one is null.");

    private static string Text(string name, ref Utf8JsonReader reader)
    {
        CheckText(name, ref reader);
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new FormatException($"Its '{name}' holds half a character.", unreadable);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string name, ref Utf8JsonReader reader)
    {
        CheckText(name, ref reader);
        var bytes = new byte[reader.ValueSpan.Length];
        try
        {
            return bytes.AsMemory(0, reader.CopyString(bytes));
        }
        catch (InvalidOperationException unreadable)
        {
            throw new FormatException($"Its '{name}' holds half a character.", unreadable);
        }
    }

    private static ReadOnlyMemory<byte> Hex(string name, ref Utf8JsonReader reader)
    {
        CheckText(name, ref reader);
        return !reader.ValueIsEscaped && reader.ValueSpan.Length == EntryHash.Length * 2 && !reader.ValueSpan.ContainsAnyExcept(LowerHex)
            ? Convert.FromHexString(reader.ValueSpan)
            : throw new FormatException($"Its '{name}' is not {EntryHash.Length * 2} lower-case hex digits.");
    }

    private static void CheckText(string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new FormatException(IsNull(ref reader) ? $"Its '{name}' is missing." : $"Its '{name}' is no text.");
        }
    }
}
