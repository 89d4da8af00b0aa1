using System.Text.Encodings.Web;
using System.Text.Json;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>
/// Writes a stream's export (design page, section 11), a page at a time. It goes on to the end of the stream as it is by then: a
/// content that was redacted meanwhile is explained by an entry near the end.
/// </summary>
public static class ExportWriter
{
    public const string Format = "chatopsir-export/1";

    private const int Page = 500;

    /// <summary>So much is written at most before it goes on its way.</summary>
    private const int MostHeld = 128 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
    };

    /// <param name="incident">Writes the incident as one JSON value; null where the stream is none.</param>
    public static async Task<Head> WriteAsync(
        Stream to,
        string organisation,
        StreamId stream,
        IRawEntries entries,
        Action<Utf8JsonWriter>? incident,
        CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("organisation", organisation);
        json.WriteString("stream", stream.Value);
        json.WritePropertyName("incident");
        (incident ?? (writer => writer.WriteNullValue()))(json);
        json.WriteStartArray("entries");
        var head = await WriteEntriesAsync(json, stream, entries, cancellationToken);
        json.WriteEndArray();
        json.WriteStartObject("head");
        json.WriteNumber("version", head.Version);
        json.WriteString("hash", Convert.ToHexStringLower(head.Hash.AsSpan()));
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        return head;
    }

    private static async Task<Head> WriteEntriesAsync(
        Utf8JsonWriter json,
        StreamId stream,
        IRawEntries entries,
        CancellationToken cancellationToken)
    {
        var head = Head.Empty;
        var reading = entries.ReadRawAsync(stream, head.Version, Page, cancellationToken);
        while (await reading is [.., var last] page)
        {
            // The store reads the next page while this one is written.
            reading = entries.ReadRawAsync(stream, last.Version, Page, cancellationToken);
            await WriteAsync(json, page, cancellationToken);
            head = new Head(last.Version, [.. last.Hash.Span]);
        }

        return head;
    }

    private static async Task WriteAsync(Utf8JsonWriter json, IReadOnlyList<RawEntry> page, CancellationToken cancellationToken)
    {
        foreach (var entry in page)
        {
            Write(json, entry);
            if (json.BytesPending > MostHeld)
            {
                await json.FlushAsync(cancellationToken);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, RawEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("version", entry.Version);
        json.WriteString("kind", entry.Kind);
        json.WriteString("occurredAt", entry.OccurredAt);
        json.WriteString("recordedAt", entry.RecordedAt);
        json.WriteString("actor", entry.Actor);
        json.WriteString("source", entry.Source);
        json.WriteString("causeKey", entry.CauseKey);
        json.WriteString("data", entry.Data.Span);
        WriteContent(json, entry);
        WriteHex(json, "commitment", entry.Commitment);
        WriteHex(json, "previousHash", entry.PreviousHash);
        WriteHex(json, "hash", entry.Hash);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, RawEntry entry)
    {
        var isText = entry.Content is { } content && CleanText.Is(content.Span);
        if (isText)
        {
            json.WriteString("content", entry.Content!.Value.Span);
        }
        else
        {
            json.WriteNull("content");
        }

        WriteHex(json, "salt", entry.Salt);
        json.WriteBoolean("redacted", entry.Content is null);
        if (entry.Content is { } bytes && !isText)
        {
            json.WriteBase64String("contentBase64", bytes.Span);
        }
    }

    private static void WriteHex(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } there)
        {
            Span<byte> hex = stackalloc byte[EntryHash.Length * 2];
            json.WriteString(name, Convert.TryToHexStringLower(there.Span, hex, out var length) ? hex[..length] : throw new InvalidOperationException($"'{name}' has {there.Length} bytes."));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
