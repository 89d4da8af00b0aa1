namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Redaction of rows: content and salt go, and every hash stays.</summary>
internal static class Redaction
{
    public static int Run(SqliteSession session, string stream, IReadOnlyCollection<long> versions) => versions.Sum(version => session.Execute(
        "UPDATE entries SET content = NULL, salt = NULL WHERE stream = $stream AND version = $version AND content IS NOT NULL",
        ("$stream", stream),
        ("$version", version)));

    /// <summary>Copies the write-ahead log into the database, where freed pages are overwritten, and cuts it to nothing.</summary>
    public static bool EmptyLog(SqliteSession session) =>
        session.First("PRAGMA wal_checkpoint(TRUNCATE)", row => (object)row.GetInt32(0)) is 0;
}
