using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Format;

/// <summary>Turns a stored entry into what the rules know.</summary>
internal static class EntryReader
{
    public static Entry Read(StreamId stream, RawEntry raw)
    {
        try
        {
            var (fact, effects) = FactCodec.Decode(raw.Kind, raw.Data, raw.Content);
            var stamp = new Stamp(
                raw.CauseKey,
                Times.Read(raw.OccurredAt),
                raw.Actor is { } actor ? new Actor(actor) : null,
                StoredWords<Source>.Read(raw.Source!));
            return new Entry(raw.Version, stamp, Times.Read(raw.RecordedAt), fact, effects, Redacted: raw.Content is null) 
            {
                Commitment = raw.Commitment,
                HasText = raw.Content is { IsEmpty: false },
            };
        }
        catch (FormatException unreadable)
        {
            throw new StoreException($"Entry {raw.Version} of {stream} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
