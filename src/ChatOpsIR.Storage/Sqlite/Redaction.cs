using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Redaction of rows: content and salt go, and every hash stays.</summary>
internal static class Redaction
{
    /// <summary>Empties entries, and replaces every snapshot that may have their text.</summary>
    public static bool Run(SqliteSession session, string stream, IReadOnlyCollection<long> versions, Type state, SnapshotRow without)
    {
        foreach (var version in versions)
        {
            Empty(session, stream, version);
        }

        SnapshotRows.Save(session, stream, state, without);
        SnapshotRows.DeleteOthers(session, stream, state);
        return true;
    }

    /// <summary>
    /// Copies the write-ahead log into the database, where freed pages are overwritten, and cuts it to nothing. False while somebody
    /// reads who needs it: nobody waits for them here, since everybody who writes would wait along.
    /// </summary>
    public static bool EmptyLog(SqliteSession session)
    {
        session.Run("PRAGMA busy_timeout = 0");
        try
        {
            return session.First("PRAGMA wal_checkpoint(TRUNCATE)", row => (object)row.GetInt32(0)) is 0;
        }
        finally
        {
            session.Run($"PRAGMA busy_timeout = {SqliteConnections.BusyTimeout}");
        }
    }

    private static void Empty(SqliteSession session, string stream, long version)
    {
        switch (EntryRows.KindAt(session, stream, version))
        {
            case null:
                throw new StoreException($"{stream} has no entry {version}.");
            case RedactedNames.Kind:
                throw new StoreException($"Entry {version} of {stream} is the record of a redaction, which cannot be redacted itself.");
            default:
                EntryRows.Empty(session, stream, version);
                break;
        }
    }
}
