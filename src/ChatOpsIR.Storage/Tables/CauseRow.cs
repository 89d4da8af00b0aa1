using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Tables;

/// <summary>What a cause led to, as a row of the record table.</summary>
internal static class CauseRow
{
    public static TableEntity Of(string partition, string key, long version, Outcome outcome) => new(partition, StoreRows.Cause(key))
    {
        ["version"] = version,
        ["code"] = outcome.Code,
        ["entries"] = outcome.Entries,
    };

    public static KnownCause Read(TableEntity row) =>
        row.GetInt64("version") is { } version && row.GetString("code") is { } code && row.GetInt32("entries") is { } entries
            ? new KnownCause(version, new Outcome(code, entries))
            : throw new StoreException($"The row '{row.RowKey}' has lost what it says.");
}
