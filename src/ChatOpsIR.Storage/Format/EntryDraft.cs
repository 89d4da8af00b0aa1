using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>A draft in its stored form, before it has a place in the chain.</summary>
internal sealed record EntryDraft(Stamp Stamp, string Kind, byte[] Data, byte[] Content, IReadOnlyList<string> TwinKeys, Outcome Outcome)
{
    /// <summary>Every key that a repeat of this entry's causes would come with.</summary>
    public IEnumerable<string> Keys => Stamp.CauseKey is { } cause ? TwinKeys.Prepend(cause) : TwinKeys;

    public static EntryDraft Of(Draft draft, FactCodec codec)
    {
        var stored = codec.Encode(draft.Fact, draft.Effects);
        return new EntryDraft(
            draft.Stamp,
            stored.Kind,
            stored.Data,
            stored.Content,
            draft.TwinKeys.IsDefault ? [] : draft.TwinKeys,
            draft.Outcome);
    }
}
