using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// Reads the fields of one stored JSON object. Fields that a later release added are passed over; where the object itself is gone (a
/// redacted content), every field is absent.
/// </summary>
internal readonly struct FieldReader(JsonElement? source)
{
    public bool IsThere => source is { ValueKind: JsonValueKind.Object };

    public JsonElement? Find(string name) =>
        IsThere && source!.Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? TextOrNull(string name) => Find(name) is { } value ? LenientText.Read(value) : null;

    /// <summary>A free text, which is empty once redacted.</summary>
    public string FreeText(string name) => TextOrNull(name) ?? "";

    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    public bool Flag(string name) => Find(name) is { } value ? value.GetBoolean() : throw Missing(name);

    /// <summary>A count, which is left out when it is zero.</summary>
    public int Count(string name) => Find(name) is { } value ? value.GetInt32() : 0;

    public int Number(string name) => Find(name) is { } value ? value.GetInt32() : throw Missing(name);

    public TEnum Word<TEnum>(string name)
        where TEnum : struct, Enum => StoredWords<TEnum>.Read(Text(name));

    public DateTimeOffset Time(string name) => Times.Read(Text(name));

    public PersonId Person(string name) => PersonOrNull(name) ?? throw Missing(name);

    public PersonId? PersonOrNull(string name) => TextOrNull(name) is not { } text ? null
        : PersonId.TryParse(text, out var person) ? person
        : throw new FormatException($"'{name}' is no person.");

    public EffectKey Effect(string name) => EffectOrNull(name) ?? throw Missing(name);

    public EffectKey? EffectOrNull(string name) => TextOrNull(name) is not { } text ? null
        : EffectKey.TryParse(text, out var key) ? key
        : throw new FormatException($"'{name}' is no effect key.");

    public RoomId Room() => new(Text("platform"), Text("room"));

    public FieldReader Object(string name) => new(Find(name));

    public ImmutableArray<string> Texts(string name) =>
        Find(name) is { } list ? [.. list.EnumerateArray().Select(LenientText.Read)] : [];

    public ImmutableArray<long> Numbers(string name) =>
        Find(name) is { } list ? [.. list.EnumerateArray().Select(number => number.GetInt64())] : [];

    public ImmutableArray<T> List<T>(string name, Func<FieldReader, T> read) =>
        Find(name) is { } list ? [.. list.EnumerateArray().Select(item => read(new FieldReader(item)))] : [];

    private static FormatException Missing(string name) => new($"'{name}' is missing.");
}
