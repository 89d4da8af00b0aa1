using ChatOpsIR.Core.Ports;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Runs everything at once on the caller's thread, so that a seeded simulation needs no other thread.</summary>
internal sealed class InlineLoop(SqliteSession session) : ISqliteLoop
{
    private readonly Lock _running = new();

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        Run(() => InTransaction(work), cancellationToken);

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => Run(() => work(session), cancellationToken);

    public Task<T> AloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => ReadAsync(work, cancellationToken);

    public void Dispose() => session.Dispose();

    private Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_running)
            {
                return Task.FromResult(work());
            }
        }
        catch (SqliteException reason)
        {
            return Task.FromException<T>(new StoreException($"The database failed: {reason.Message}", reason));
        }
        catch (Exception reason)
        {
            return Task.FromException<T>(reason);
        }
    }

    private T InTransaction<T>(Func<SqliteSession, T> work)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work(session);
            session.Execute("COMMIT");
            return result;
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }
}
