using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>
/// What an export tells of its incident beside the entries. No hash covers it, so it is compared with them: as they were at the head that
/// it names, since the stream may have grown while it was exported.
/// </summary>
/// <param name="folded">What the entries come to; null for whoever wants only id and head compared.</param>
internal sealed class ToldIncident(StreamId stream, JsonElement told, IExportSummary? folded)
{
    private readonly (long Version, string Hash)? _head = HeadOf(told);
    private string? _wrong = IdOf(told) is { } id && id != stream.Value ? $"It says that it is about {id}, and the entries are of {stream}." : null;

    /// <summary>Why what it tells could not be compared as a whole; null when it was.</summary>
    public string? NotCompared { get; private set; } = folded is null ? "only its id and its head were asked for" : null;

    /// <summary>An entry whose hash is right.</summary>
    public void Take(RawEntry entry)
    {
        if (entry.Version == _head?.Version && Convert.ToHexStringLower(entry.Hash.Span) != _head.Value.Hash)
        {
            _wrong ??= $"It names a hash for version {entry.Version} that this entry does not have.";
        }

        if (NotCompared is not null || entry.Version > (_head?.Version ?? long.MaxValue) || FactCodec.IsOfChat(entry.Kind))
        {
            return;
        }

        try
        {
            folded!.Take(EntryReader.Read(stream, entry));
        }
        catch (StoreException unreadable)
        {
            NotCompared = unreadable.Message;
        }
    }

    /// <summary>What is wrong with it, when there are no more entries; else null.</summary>
    public string? Conclude(long last) =>
        _wrong ??
        (_head?.Version is { } at && (at < 1 || at > last) ? $"It says that the incident stands at version {at}, and the entries end at {last}." : null) ??
        (NotCompared is null ? folded!.Wrong(told) : null);

    private static string? IdOf(JsonElement told) => told.TryGetProperty("id", out var id) ? id.ToString() : null;

    private static (long, string)? HeadOf(JsonElement told) =>
        told.TryGetProperty("head", out var head) && head.ValueKind == JsonValueKind.Object &&
        head.TryGetProperty("version", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var version) &&
        head.TryGetProperty("hash", out var hash) ? (version, hash.ToString()) : null;
}
