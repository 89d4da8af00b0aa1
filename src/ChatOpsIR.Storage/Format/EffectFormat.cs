using ChatOpsIR.Core.Reactions;

namespace ChatOpsIR.Storage.Format;

/// <summary>How one type of effect is stored.</summary>
internal abstract class EffectFormat(string kind, Type type)
{
    public string Kind => kind;

    public Type Type => type;

    public abstract bool HasContent { get; }

    public abstract void WriteData(FieldWriter to, Effect effect);

    public abstract void WriteContent(FieldWriter to, Effect effect);

    public abstract Effect Read(FieldReader data, FieldReader content);
}

internal sealed class EffectFormat<TEffect>(
    string kind,
    Action<FieldWriter, TEffect> data,
    Func<FieldReader, FieldReader, TEffect> read) : EffectFormat(kind, typeof(TEffect))
    where TEffect : Effect
{
    /// <summary>Writes what may have to be redacted one day; null for effects without free text.</summary>
    public Action<FieldWriter, TEffect>? Content { get; init; }

    public override bool HasContent => Content is not null;

    public override void WriteData(FieldWriter to, Effect effect) => data(to, (TEffect)effect);

    public override void WriteContent(FieldWriter to, Effect effect) => Content?.Invoke(to, (TEffect)effect);

    public override Effect Read(FieldReader data, FieldReader content) => read(data, content);
}
