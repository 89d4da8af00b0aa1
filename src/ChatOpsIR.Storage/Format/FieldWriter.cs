using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>Writes the fields of one stored JSON object in the order given, and leaves absent ones out.</summary>
internal sealed class FieldWriter : IDisposable
{
    private static readonly JsonWriterOptions Plain = new()
    {
        // Real UTF-8 rather than \uXXXX: an export is read by people, and never put into a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 2000,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly int? _longestText;

    /// <param name="longestText">Cuts longer texts, for contents that are too large to keep whole.</param>
    public FieldWriter(int? longestText = null)
    {
        _longestText = longestText;
        Json = new Utf8JsonWriter(_buffer, Plain);
        Json.WriteStartObject();
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Only a prefix of each text is kept, and nothing else that could be long.</summary>
    public bool Cuts => _longestText is not null;

    public bool HasFields { get; private set; }

    public FieldWriter Text(string name, string? text)
    {
        if (text is null)
        {
            return this;
        }

        Name(name);
        LenientText.Write(Json, text.Length > _longestText ? text[.._longestText.Value] : text);
        return this;
    }

    public FieldWriter Flag(string name, bool value)
    {
        Name(name);
        Json.WriteBooleanValue(value);
        return this;
    }

    public FieldWriter Number(string name, long value)
    {
        Name(name);
        Json.WriteNumberValue(value);
        return this;
    }

    public FieldWriter Count(string name, int count) => count is 0 ? this : Number(name, count);

    public FieldWriter Word<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Text(name, StoredWords<TEnum>.Write(value));

    public FieldWriter Time(string name, DateTimeOffset time) => Text(name, Times.Write(time));

    public FieldWriter Person(string name, PersonId? person) => Text(name, person?.ToString());

    public FieldWriter Effect(string name, EffectKey? effect) => Text(name, effect?.ToString());

    public FieldWriter Room(RoomId room) => Text("platform", room.Platform).Text("room", room.Id);

    public FieldWriter Texts(string name, ImmutableArray<string> texts)
    {
        Name(name);
        Json.WriteStartArray();
        foreach (var text in texts)
        {
            LenientText.Write(Json, text);
        }

        Json.WriteEndArray();
        return this;
    }

    public FieldWriter Numbers(string name, ImmutableArray<long> numbers)
    {
        Name(name);
        Json.WriteStartArray();
        foreach (var number in numbers)
        {
            Json.WriteNumberValue(number);
        }

        Json.WriteEndArray();
        return this;
    }

    public FieldWriter Objects<T>(string name, ImmutableArray<T> items, Action<FieldWriter, T> write)
    {
        Name(name);
        Json.WriteStartArray();
        foreach (var item in items)
        {
            Json.WriteStartObject();
            write(this, item);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
        return this;
    }

    /// <summary>Begins a field whose value the caller writes.</summary>
    public void Name(string name)
    {
        HasFields = true;
        Json.WritePropertyName(name);
    }

    /// <summary>The object's bytes.</summary>
    public byte[] ToArray()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => Json.Dispose();
}
