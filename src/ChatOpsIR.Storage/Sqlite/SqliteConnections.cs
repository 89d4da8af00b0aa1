using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Opens connections with the settings that the record needs.</summary>
internal static class SqliteConnections
{
    private const string InMemory = ":memory:";

    /// <summary>How long a statement waits for another process, in milliseconds.</summary>
    public const string BusyTimeout = "1500";

    // Four megabytes of pages: the system keeps the file in memory anyway, and what is kept here counts as the bot's own.
    private const string Settings = $"""
        PRAGMA busy_timeout = {BusyTimeout};
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        """;

    // The log is copied into the file every sixteen megabytes, four times the default. In a long record the causes lie all over their index,
    // so a log fills up with few appends, and by default more than one append in a hundred would wait for the copying.
    private const string Log = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000;";

    public static SqliteSession Memory() => Open(InMemory, SqliteOpenMode.Memory, Settings);

    public static SqliteSession Writer(string path)
    {
        SqliteFile.Prepare(path);
        return Open(path, SqliteOpenMode.ReadWrite, $"{Log}{Settings}");
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
