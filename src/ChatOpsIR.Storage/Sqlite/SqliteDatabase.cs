namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Opens a database and chooses where its work runs.</summary>
internal static class SqliteDatabase
{
    /// <param name="path">Null for one in memory, which is gone when it is closed.</param>
    /// <param name="inline">Everything runs at once on the caller's thread.</param>
    public static ISqliteLoop Open(string? path, bool inline, Action<SqliteSession> initialise)
    {
        var writer = path is null ? SqliteConnections.Memory() : SqliteConnections.Writer(path);
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            SqliteSchema.Migrate(writer);
            initialise(writer);
            writer.Execute("COMMIT");
            if (inline)
            {
                return new InlineLoop(writer);
            }

            return new ThreadedLoop(writer, path is null ? null : SqliteConnections.Reader(path));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public static ISqliteLoop OpenReadOnly(string path, Action<SqliteSession> look)
    {
        var reader = SqliteConnections.ReadOnly(path);
        try
        {
            look(reader);
            return new InlineLoop(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
