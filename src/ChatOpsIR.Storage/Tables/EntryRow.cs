using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>An entry as a row of the record table, and back.</summary>
internal static class EntryRow
{
    private const string Content = "content";
    private const string Salt = "salt";
    private const string Hash = "hash";

    /// <summary>What is enough to tell where the chain stands.</summary>
    public static readonly string[] Place = ["RowKey", Hash];

    /// <summary>What is enough to tell what it is.</summary>
    public static readonly string[] Sort = ["RowKey", "kind"];

    public static TableEntity Of(string partition, RawEntry entry)
    {
        var row = new TableEntity(partition, StoreRows.Entry(entry.Version))
        {
            ["kind"] = entry.Kind,
            ["cause_key"] = entry.CauseKey,
            ["occurred_at"] = entry.OccurredAt,
            ["recorded_at"] = entry.RecordedAt,
            ["actor"] = entry.Actor,
            ["source"] = entry.Source,
            ["data"] = entry.Data.ToArray(),
            [Salt] = entry.Salt?.ToArray(),
            ["commitment"] = entry.Commitment.ToArray(),
            ["previous_hash"] = entry.PreviousHash.ToArray(),
            [Hash] = entry.Hash.ToArray(),
        };
        if (entry.Content is { } content)
        {
            Chunks.Write(row, Content, content.Span);
        }

        return row;
    }

    public static RawEntry Read(TableEntity row) => new()
    {
        Version = Version(row),
        Kind = Text(row, "kind"),
        CauseKey = row.GetString("cause_key"),
        OccurredAt = Text(row, "occurred_at"),
        RecordedAt = Text(row, "recorded_at"),
        Actor = row.GetString("actor"),
        Source = row.GetString("source"),
        Data = Bytes(row, "data"),
        Content = OptionalBytes.Of(Chunks.Read(row, Content)),
        Salt = OptionalBytes.Of(row.GetBinary(Salt)),
        Commitment = Bytes(row, "commitment"),
        PreviousHash = Bytes(row, "previous_hash"),
        Hash = Bytes(row, Hash),
    };

    public static Head HeadOf(TableEntity row) => new(Version(row), [.. Bytes(row, Hash)]);

    public static string KindOf(TableEntity row) => Text(row, "kind");

    public static bool IsEmptied(TableEntity row) => Chunks.AreGone(row, Content) && row.GetBinary(Salt) is null;

    public static void Redact(TableEntity row)
    {
        Chunks.Remove(row, Content);
        row.Remove(Salt);
    }

    private static long Version(TableEntity row) =>
        long.TryParse(row.RowKey.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new StoreException($"The row '{row.RowKey}' stands where an entry should.");

    private static string Text(TableEntity row, string name) => row.GetString(name) ?? throw Lost(row, name);

    private static byte[] Bytes(TableEntity row, string name) => row.GetBinary(name) ?? throw Lost(row, name);

    private static StoreException Lost(TableEntity row, string name) => new($"The row '{row.RowKey}' has lost its {name}.");
}
