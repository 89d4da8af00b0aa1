using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Opens connections with the settings that the record needs.</summary>
internal static class SqliteConnections
{
    private const string InMemory = ":memory:";

    /// <summary>How long a statement waits for another process, in milliseconds.</summary>
    public const string BusyTimeout = "1500";

    private const string Settings = $"""
        PRAGMA busy_timeout = {BusyTimeout};
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -32768;
        """;

    public static SqliteSession Memory() => Open(InMemory, SqliteOpenMode.Memory, Settings);

    public static SqliteSession Writer(string path)
    {
        SqliteFile.Prepare(path);
        return Open(path, SqliteOpenMode.ReadWrite, $"PRAGMA journal_mode = WAL;{Settings}");
    }

    /// <summary>A second connection beside a writer. Readers see what is committed and block nobody.</summary>
    public static SqliteSession Reader(string path) => Open(path, SqliteOpenMode.ReadWrite, $"{Settings}PRAGMA query_only = ON;");

    /// <summary>For a command line that only looks, beside a running bot or without one.</summary>
    public static SqliteSession ReadOnly(string path) => Open(path, SqliteOpenMode.ReadOnly, Settings);

    private static SqliteSession Open(string path, SqliteOpenMode mode, string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 2,
        }.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Run(settings);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
