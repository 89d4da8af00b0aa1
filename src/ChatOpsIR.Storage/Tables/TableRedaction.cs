using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Storage.Tables;

/// <summary>Redaction of rows: content and salt go, and every hash stays.</summary>
internal sealed class TableRedaction(StoreTable table, StreamId stream, string partition)
{
    private const int Tries = 10;

    /// <exception cref="StoreException">One of them is missing, or stays.</exception>
    public async Task CheckAsync(IReadOnlyCollection<long> versions, CancellationToken cancellationToken)
    {
        foreach (var version in versions)
        {
            var row = await table.FindAsync(partition, StoreRows.Entry(version), cancellationToken, EntryRow.Sort) ?? throw Missing(version);
            if (EntryRow.KindOf(row) is RedactedNames.Kind)
            {
                throw new StoreException($"Entry {version} of {stream} is the record of a redaction, which cannot be redacted itself.");
            }
        }
    }

    /// <summary>Empties a row. Somebody else may be at it as well: then it is looked at again.</summary>
    public async Task EmptyAsync(long version, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var row = await table.FindAsync(partition, StoreRows.Entry(version), cancellationToken) ?? throw Missing(version);
            if (EntryRow.IsEmptied(row))
            {
                return;
            }

            EntryRow.Redact(row);
            if (await table.TryReplaceAsync(row, row.ETag, cancellationToken) is not null)
            {
                return;
            }
        }

        throw new StoreException($"Entry {version} of {stream} changed {Tries} times while its text was taken away.");
    }

    private StoreException Missing(long version) => new($"{stream} has no entry {version}.");
}
