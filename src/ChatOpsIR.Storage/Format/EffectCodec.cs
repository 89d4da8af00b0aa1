using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ChatOpsIR.Core.Reactions;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// Effects as JSON objects that begin with their kind. In an entry the free text among their arguments goes to the entry's content,
/// with the effect's place in the list, so that redaction reaches it; in a snapshot they are whole.
/// </summary>
internal static class EffectCodec
{
    private const string List = "effects";

    private static readonly Dictionary<Type, EffectFormat> ByType = EffectFormats.All.ToDictionary(format => format.Type);

    private static readonly Dictionary<string, EffectFormat> ByKind = EffectFormats.All.ToDictionary(format => format.Kind);

    public static void WriteData(FieldWriter to, ImmutableArray<Effect> effects)
    {
        if (effects.IsDefaultOrEmpty)
        {
            return;
        }

        to.Name(List);
        to.Json.WriteStartArray();
        foreach (var effect in effects)
        {
            to.Json.WriteStartObject();
            FormatOf(effect).WriteData(to.Text("kind", FormatOf(effect).Kind), effect);
            to.Json.WriteEndObject();
        }

        to.Json.WriteEndArray();
    }

    public static void WriteContent(FieldWriter to, ImmutableArray<Effect> effects)
    {
        if (effects.IsDefaultOrEmpty || !effects.Any(effect => FormatOf(effect).HasContent))
        {
            return;
        }

        to.Name(List);
        to.Json.WriteStartArray();
        foreach (var (index, effect) in effects.Index().Where(item => FormatOf(item.Item).HasContent))
        {
            to.Json.WriteStartObject();
            FormatOf(effect).WriteContent(to.Number("index", index), effect);
            to.Json.WriteEndObject();
        }

        to.Json.WriteEndArray();
    }

    public static ImmutableArray<Effect> Read(FieldReader data, FieldReader content)
    {
        if (data.Find(List) is not { } list)
        {
            return [];
        }

        var texts = content.List(List, item => (Index: item.Number("index"), Text: item)).ToDictionary(item => item.Index, item => item.Text);
        return [.. list.EnumerateArray().Select((item, index) => ReadOne(new FieldReader(item), texts.GetValueOrDefault(index)))];
    }

    public static byte[] WriteWhole(Effect effect)
    {
        using var to = new FieldWriter();
        var format = FormatOf(effect);
        format.WriteData(to.Text("kind", format.Kind), effect);
        format.WriteContent(to, effect);
        return to.ToArray();
    }

    public static Effect ReadWhole(JsonElement element) => ReadOne(new FieldReader(element), new FieldReader(element));

    private static Effect ReadOne(FieldReader data, FieldReader content) => ByKind.TryGetValue(data.Text("kind"), out var format)
        ? format.Read(data, content)
        : throw new FormatException($"'{data.Text("kind")}' is no effect that this release knows.");

    private static EffectFormat FormatOf(Effect effect) => ByType.TryGetValue(effect.GetType(), out var format)
        ? format
        : throw new UnreachableException($"EffectFormats was never taught about {effect.GetType().Name}.");
}
