namespace ChatOpsIR.Storage.Sqlite;

/// <summary>
/// Where database work runs. Work may be run a second time after its first run was rolled back, so it touches nothing but its session.
/// </summary>
internal interface ISqliteLoop : IDisposable
{
    /// <summary>Runs work in a transaction, which it may share with others; completes when that is durable.</summary>
    Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken);

    Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken);

    /// <summary>Runs work alone and outside any transaction.</summary>
    Task<T> AloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken);
}
