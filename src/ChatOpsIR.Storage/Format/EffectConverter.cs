using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsIR.Core.Reactions;

namespace ChatOpsIR.Storage.Format;

/// <summary>Effects in snapshots: whole, by the same formats as in entries.</summary>
internal sealed class EffectConverter : JsonConverter<Effect>
{
    public override Effect Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return EffectCodec.ReadWhole(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Effect value, JsonSerializerOptions options) =>
        writer.WriteRawValue(EffectCodec.WriteWhole(value), skipInputValidation: true);
}
