using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>How one kind of fact is stored: ids, enums and times as data, free text and names as content.</summary>
internal abstract class FactFormat(string kind, Type type)
{
    public string Kind => kind;

    public Type Type => type;

    public abstract void WriteData(FieldWriter to, Fact fact);

    public abstract void WriteContent(FieldWriter to, Fact fact);

    public abstract Fact Read(FieldReader data, FieldReader content);
}

internal sealed class FactFormat<TFact>(string kind, Func<FieldReader, FieldReader, TFact> read) : FactFormat(kind, typeof(TFact))
    where TFact : Fact
{
    public Action<FieldWriter, TFact>? Data { get; init; }

    public Action<FieldWriter, TFact>? Content { get; init; }

    public override void WriteData(FieldWriter to, Fact fact) => Data?.Invoke(to, (TFact)fact);

    public override void WriteContent(FieldWriter to, Fact fact) => Content?.Invoke(to, (TFact)fact);

    public override Fact Read(FieldReader data, FieldReader content) => read(data, content);
}
