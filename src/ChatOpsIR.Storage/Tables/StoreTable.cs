using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// One table, by the few calls that are made of it. A conflict is an answer (and, where the client tries twice, perhaps our own doing: the
/// caller reads back); everything else that goes wrong is a <see cref="StoreException"/>, after which a write may have been made or not.
/// </summary>
internal sealed class StoreTable(TableClient client)
{
    private const int Conflict = 409;
    private const int PreconditionFailed = 412;
    private const int NotFound = 404;

    // The other reason for it: then nothing is known of the row.
    private const string NoTable = "TableNotFound";

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken, params IEnumerable<string> only) => AskAsync(async () =>
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, only, cancellationToken);
        return found.HasValue ? found.Value
            : IsOfNoTable(found.GetRawResponse()) ? throw new StoreException($"Azure Tables failed: 404 {NoTable}: {client.Name}")
            : null;
    });

    /// <summary>The first rows that a filter lets through, however many pages they come in, some of which may be empty.</summary>
    public Task<List<TableEntity>> ListAsync(string filter, int most, CancellationToken cancellationToken, params IEnumerable<string> only) => AskAsync(async () =>
    {
        var rows = new List<TableEntity>();
        await foreach (var page in client.QueryAsync<TableEntity>(filter, Math.Min(most, StoreRows.MostPerPage), only, cancellationToken).AsPages())
        {
            rows.AddRange(page.Values.Take(most - rows.Count));
            if (rows.Count == most)
            {
                break;
            }
        }

        return rows;
    });

    /// <summary>As <see cref="ListAsync"/>, and content with one page that is not empty.</summary>
    public Task<List<TableEntity>> ListPageAsync(string filter, int most, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await foreach (var page in client.QueryAsync<TableEntity>(filter, Math.Min(most, StoreRows.MostPerPage), null, cancellationToken).AsPages())
        {
            if (page.Values.Count > 0)
            {
                return [.. page.Values];
            }
        }

        return (List<TableEntity>)[];
    });

    /// <summary>Null when there is such a row already.</summary>
    public Task<ETag?> TryInsertAsync(TableEntity entity, CancellationToken cancellationToken) => UnlessAsync(Conflict, () => TagOf(client.AddEntityAsync(entity, cancellationToken)), entity);

    public async Task PutAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        EntityGuard.Check(entity);
        await AskAsync(() => client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken));
    }

    /// <summary>Writes some properties of a row, and makes it when it is not there.</summary>
    public async Task MergeAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        EntityGuard.Check(entity);
        await AskAsync(() => client.UpsertEntityAsync(entity, TableUpdateMode.Merge, cancellationToken));
    }

    /// <summary>Null when the row was changed since, or is gone.</summary>
    public Task<ETag?> TryReplaceAsync(TableEntity entity, ETag tag, CancellationToken cancellationToken) =>
        UnlessAsync(PreconditionFailed, () => TagOf(client.UpdateEntityAsync(entity, tag, TableUpdateMode.Replace, cancellationToken)), entity);

    /// <summary>Leaves a row that was changed since; one that is gone already is as good as deleted.</summary>
    public Task DeleteAsync(string partition, string row, ETag tag, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            await client.DeleteEntityAsync(partition, row, tag, cancellationToken);
        }
        catch (RequestFailedException changed) when (changed.Status is PreconditionFailed or NotFound)
        {
            return false;
        }

        return true;
    });

    /// <summary>Inserts all rows in one transaction; false when one of them is there already, and then none was written.</summary>
    public Task<bool> TryInsertAllAsync(IReadOnlyCollection<TableEntity> entities, CancellationToken cancellationToken)
    {
        EntityGuard.CheckTransaction(entities);
        return AskAsync(async () =>
        {
            try
            {
                await client.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)), cancellationToken);
                return true;
            }
            catch (RequestFailedException conflict) when (conflict.Status is Conflict or PreconditionFailed)
            {
                return false;
            }
        });
    }

    public Task DeleteAllAsync(IReadOnlyCollection<TableEntity> entities, CancellationToken cancellationToken) => AskAsync(() =>
        client.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)), cancellationToken));

    /// <summary>The service's own word for what it refuses: it stands in the answer's text, and always in its header.</summary>
    public static string? CodeOf(RequestFailedException refused) =>
        refused.ErrorCode ?? (refused.GetRawResponse()?.Headers.TryGetValue("x-ms-error-code", out var code) == true ? code : null);

    private static async Task<ETag?> UnlessAsync(int status, Func<Task<ETag?>> write, TableEntity entity)
    {
        EntityGuard.Check(entity);
        return await AskAsync(async () =>
        {
            try
            {
                return await write();
            }
            catch (RequestFailedException conflict) when (conflict.ErrorCode is not NoTable && (conflict.Status == status || (status is PreconditionFailed && conflict.Status is NotFound)))
            {
                return null;
            }
        });
    }

    private static bool IsOfNoTable(Response answer) => answer.ContentStream is not null && answer.Content.ToString().Contains(NoTable, StringComparison.Ordinal);

    private static async Task<ETag?> TagOf(Task<Response> answer) => (await answer).Headers.ETag;

    private static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException refused)
        {
            throw new StoreException($"Azure Tables failed: {refused.Status} {CodeOf(refused) ?? refused.InnerException?.Message}", refused);
        }
        catch (AuthenticationFailedException nobody)
        {
            throw new StoreException($"Azure Tables was not asked: {WatchedIdentity.WhyOf(nobody)}", nobody);
        }
        catch (AggregateException often)
        {
            throw new StoreException($"Azure Tables could not be reached: {often.InnerExceptions[^1].Message}", often);
        }
        catch (OperationCanceledException late)
        {
            throw new StoreException("Azure Tables did not answer in time; what was asked may have been done.", late);
        }
    }
}
