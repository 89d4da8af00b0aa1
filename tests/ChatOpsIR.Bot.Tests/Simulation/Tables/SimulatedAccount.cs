using Azure;
using Azure.Data.Tables;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>
/// What Azure Tables keeps and how it answers: rows by partition and name, a tag for each that changes with every write, and
/// transactions within one partition. Refusals carry the service's own status codes.
/// </summary>
internal sealed class SimulatedAccount
{
    private readonly Dictionary<string, SortedDictionary<string, SortedList<string, TableEntity>>> tables = [];
    private long writes;

    public TableEntity? Find(string table, string partition, string row) => Rows(table, partition)?.GetValueOrDefault(row);

    /// <exception cref="RequestFailedException">409: there is such a row.</exception>
    public ETag Insert(string table, TableEntity entity) =>
        Find(table, entity.PartitionKey, entity.RowKey) is null ? Keep(table, entity) : throw Refused(409, "EntityAlreadyExists");

    public ETag Put(string table, TableEntity entity, TableUpdateMode mode) =>
        mode is TableUpdateMode.Merge && Find(table, entity.PartitionKey, entity.RowKey) is { } there ? Keep(table, Merged(there, entity)) : Keep(table, entity);

    /// <exception cref="RequestFailedException">404: there is no such row; 412: it was written since.</exception>
    public ETag Replace(string table, TableEntity entity, ETag tag)
    {
        Demand(table, entity.PartitionKey, entity.RowKey, tag);
        return Keep(table, entity);
    }

    /// <exception cref="RequestFailedException">404: there is no such row; 412: it was written since.</exception>
    public void Delete(string table, string partition, string row, ETag tag)
    {
        Demand(table, partition, row, tag);
        Rows(table, partition)!.Remove(row);
    }

    /// <summary>All of it, or nothing.</summary>
    /// <exception cref="RequestFailedException">What the first action that cannot be carried out is refused with.</exception>
    public void Commit(string table, IReadOnlyList<TableTransactionAction> actions)
    {
        foreach (var action in actions)
        {
            var (partition, row) = (action.Entity.PartitionKey, action.Entity.RowKey);
            switch (action.ActionType)
            {
                case TableTransactionActionType.Add when Find(table, partition, row) is not null:
                    throw Refused(409, "EntityAlreadyExists");
                case TableTransactionActionType.Delete:
                    Demand(table, partition, row, action.ETag);
                    break;
            }
        }

        foreach (var action in actions)
        {
            if (action.ActionType is TableTransactionActionType.Add)
            {
                Keep(table, (TableEntity)action.Entity);
            }
            else
            {
                Rows(table, action.Entity.PartitionKey)!.Remove(action.Entity.RowKey);
            }
        }
    }

    /// <summary>Rows in the order of their keys, after a place, at most so many.</summary>
    public IEnumerable<TableEntity> Query(string table, RowFilter filter, (string Partition, string Row)? after, int most) =>
        (from partition in tables.GetValueOrDefault(table) ?? []
         where filter.LetsPartition(partition.Key)
         from row in partition.Value
         where filter.LetsRow(row.Key)
         where after is not { } place || IsBehind(partition.Key, row.Key, place)
         select row.Value).Take(most);

    private static bool IsBehind(string partition, string row, (string Partition, string Row) place) =>
        string.CompareOrdinal(partition, place.Partition) is var order && (order > 0 || (order == 0 && string.CompareOrdinal(row, place.Row) > 0));

    private static RequestFailedException Refused(int status, string code) => new(status, code, code, null);

    private static TableEntity Merged(TableEntity there, TableEntity news)
    {
        var merged = new TableEntity(there);
        foreach (var (name, value) in news.Where(property => property.Value is not null))
        {
            merged[name] = value;
        }

        return merged;
    }

    private void Demand(string table, string partition, string row, ETag tag)
    {
        var there = Find(table, partition, row) ?? throw Refused(404, "ResourceNotFound");
        if (tag != ETag.All && there.ETag != tag)
        {
            throw Refused(412, "UpdateConditionNotSatisfied");
        }
    }

    // The service keeps no property without a value, and a copy of what it was given.
    private ETag Keep(string table, TableEntity entity)
    {
        var kept = new TableEntity(entity.Where(property => property.Value is not null).ToDictionary()) { ETag = new ETag($"W/\"{++writes}\"") };
        var partitions = tables.TryGetValue(table, out var known) ? known : tables[table] = new(StringComparer.Ordinal);
        var rows = partitions.TryGetValue(entity.PartitionKey, out var there) ? there : partitions[entity.PartitionKey] = new(StringComparer.Ordinal);
        rows[entity.RowKey] = kept;
        return kept.ETag;
    }

    private SortedList<string, TableEntity>? Rows(string table, string partition) => tables.GetValueOrDefault(table)?.GetValueOrDefault(partition);
}
