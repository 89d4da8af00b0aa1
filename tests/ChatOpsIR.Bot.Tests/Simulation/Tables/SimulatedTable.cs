using Azure;
using Azure.Data.Tables;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>One table as the product's own store sees it, in the place of the client that would send requests.</summary>
/// <param name="road">How its requests travel; null for somebody who looks at all of it and whom nothing befalls.</param>
internal sealed class SimulatedTable(SimulatedAccount account, string table, TableRoad? road) : TableClient
{
    private const int MostPerPage = 1000;

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        ReadAsync<NullableResponse<T>>($"get {table} {partitionKey} {rowKey}", () => Find<T>(partitionKey, rowKey, select), found => found.HasValue ? "found" : "nothing", cancellationToken);

    public override NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) => Find<T>(partitionKey, rowKey, select);

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        var (parsed, most) = (RowFilter.Parse(filter ?? ""), Math.Min(maxPerPage ?? MostPerPage, MostPerPage));
        return new Pages<T>(token => ReadAsync(
            $"query {table} {filter}", () => PageOf<T>(parsed, most, select, token), page => $"{page.Values.Count} rows{(page.ContinuationToken is null ? "" : " and more")}", cancellationToken));
    }

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        WriteAsync($"insert {Called(entity)}", () => account.Insert(table, Row(entity)), cancellationToken);

    public override Response AddEntity<T>(T entity, CancellationToken cancellationToken = default) => new TableAnswer(204, account.Insert(table, Row(entity)));

    public override Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        WriteAsync($"put {Called(entity)}", () => account.Put(table, Row(entity), mode), cancellationToken);

    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        WriteAsync($"replace {Called(entity)} {ifMatch}", () => account.Replace(table, Row(entity), ifMatch), cancellationToken);

    public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        WriteAsync(
            $"delete {table} {partitionKey} {rowKey} {ifMatch}",
            () =>
            {
                account.Delete(table, partitionKey, rowKey, ifMatch);
                return default;
            },
            cancellationToken);

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        // The request is written before it leaves: what its caller changes afterwards is not in it.
        TableTransactionAction[] actions = [.. transactionActions.Select(action => new TableTransactionAction(action.ActionType, new TableEntity((TableEntity)action.Entity), action.ETag))];
        var answer = await WriteAsync(
            $"commit {Called(actions[0].Entity)} and {actions.Length - 1} more",
            () =>
            {
                account.Commit(table, actions);
                return default;
            },
            cancellationToken);
        return Response.FromValue<IReadOnlyList<Response>>([], answer);
    }

    private static TableEntity Row<T>(T entity) => new((TableEntity)(ITableEntity)entity!);

    private static T As<T>(TableEntity row, IEnumerable<string>? select)
    {
        HashSet<string>? only = select?.ToHashSet();
        var copy = only is null or { Count: 0 } ? new TableEntity(row) : new TableEntity(row.Where(property => only.Contains(property.Key)).ToDictionary());
        copy.ETag = row.ETag;
        return (T)(ITableEntity)copy;
    }

    private string Called(ITableEntity entity) => $"{table} {entity.PartitionKey} {entity.RowKey}";

    private NullableResponse<T> Find<T>(string partition, string row, IEnumerable<string>? select)
        where T : class, ITableEntity =>
        account.Find(table, partition, row) is { } found ? Response.FromValue(As<T>(found, select), new TableAnswer(200, found.ETag)) : new Nothing<T>();

    // A page may be empty and say that there is more: the service stops where it likes.
    private Page<T> PageOf<T>(RowFilter filter, int most, IEnumerable<string>? select, string? token)
        where T : notnull
    {
        if (token is null && road?.StopsEarly is true)
        {
            return Page<T>.FromValues([], "\n", new TableAnswer(200, default));
        }

        (string, string)? after = token?.Split('\n') is [{ Length: > 0 } partition, var row] ? (partition, row) : null;
        TableEntity[] rows = [.. account.Query(table, filter, after, most + 1)];
        var next = rows.Length > most ? $"{rows[most - 1].PartitionKey}\n{rows[most - 1].RowKey}" : null;
        return Page<T>.FromValues([.. rows.Take(most).Select(found => As<T>(found, select))], next, new TableAnswer(200, default));
    }

    private Task<T> ReadAsync<T>(string what, Func<T> perform, Func<T, string> describe, CancellationToken cancellationToken) =>
        road is null ? Task.FromResult(perform()) : road.AskAsync(what, perform, describe, writes: false, cancellationToken);

    private Task<Response> WriteAsync(string what, Func<ETag> perform, CancellationToken cancellationToken) => road is null
        ? Task.FromResult<Response>(new TableAnswer(204, perform()))
        : road.AskAsync<Response>(what, () => new TableAnswer(204, perform()), _ => "done", writes: true, cancellationToken);

    private sealed class Nothing<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T? Value => throw new InvalidOperationException("There is no such row.");

        public override Response GetRawResponse() => new TableAnswer(404, default);
    }

    private sealed class Pages<T>(Func<string?, Task<Page<T>>> read) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            do
            {
                var page = await read(continuationToken);
                yield return page;
                continuationToken = page.ContinuationToken;
            }
            while (continuationToken is not null);
        }
    }
}
