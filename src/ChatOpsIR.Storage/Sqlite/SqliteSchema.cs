using System.Globalization;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The tables, and how a file of an earlier release becomes one of this release.</summary>
internal static class SqliteSchema
{
    /// <summary>Each step brings a file one version further. Steps are added; old ones stay as they are.</summary>
    private static readonly string[] Steps = [First, RoomAliases, DeliveryLedgers, FullNames];

    private const string First = """
        CREATE TABLE entries (
          stream TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, cause_key TEXT, occurred_at TEXT NOT NULL,
          recorded_at TEXT NOT NULL, actor TEXT, source TEXT NOT NULL, data BLOB NOT NULL, content BLOB, salt BLOB,
          commitment BLOB NOT NULL, previous_hash BLOB NOT NULL, hash BLOB NOT NULL,
          UNIQUE (stream, version)) STRICT;
        CREATE TABLE keys (
          stream TEXT NOT NULL, cause BLOB NOT NULL, version INTEGER NOT NULL, code TEXT NOT NULL, entries INTEGER NOT NULL,
          PRIMARY KEY (stream, cause)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
        CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries WHEN NOT (
          NEW.content IS NULL AND NEW.salt IS NULL AND OLD.kind <> 'redacted'
          AND NEW.rowid = OLD.rowid AND NEW.stream = OLD.stream AND NEW.version = OLD.version AND NEW.kind = OLD.kind
          AND NEW.cause_key IS OLD.cause_key AND NEW.occurred_at = OLD.occurred_at AND NEW.recorded_at = OLD.recorded_at
          AND NEW.actor IS OLD.actor AND NEW.source = OLD.source AND NEW.data = OLD.data AND NEW.commitment = OLD.commitment
          AND NEW.previous_hash = OLD.previous_hash AND NEW.hash = OLD.hash)
          BEGIN SELECT RAISE(ABORT, 'entries are never changed, only redacted'); END;
        CREATE TRIGGER keys_stay BEFORE DELETE ON keys BEGIN SELECT RAISE(ABORT, 'keys are never deleted'); END;
        CREATE TRIGGER keys_are_final BEFORE UPDATE ON keys BEGIN SELECT RAISE(ABORT, 'keys are never changed'); END;

        CREATE TABLE snapshots (
          stream TEXT NOT NULL, state TEXT NOT NULL, format INTEGER NOT NULL, version INTEGER NOT NULL, hash BLOB NOT NULL,
          body BLOB NOT NULL, PRIMARY KEY (stream, state, format)) STRICT;

        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE active (incident INTEGER PRIMARY KEY, touched_at TEXT NOT NULL, tag TEXT NOT NULL) STRICT;
        CREATE TABLE rooms (
          platform TEXT NOT NULL, room TEXT NOT NULL, incident INTEGER NOT NULL, PRIMARY KEY (platform, room)) STRICT, WITHOUT ROWID;
        CREATE TABLE due (bucket TEXT NOT NULL, incident INTEGER NOT NULL, PRIMARY KEY (bucket, incident)) STRICT, WITHOUT ROWID;
        CREATE TABLE leases (
          incident INTEGER PRIMARY KEY, holder TEXT, fence INTEGER NOT NULL, settled_through INTEGER, expires_at TEXT NOT NULL) STRICT;
        CREATE TABLE shown (surface TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE people (
          platform TEXT NOT NULL, workspace TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, email TEXT, kind TEXT NOT NULL,
          seen_at TEXT NOT NULL, PRIMARY KEY (platform, workspace, account)) STRICT, WITHOUT ROWID;
        """;

    private const string RoomAliases = """
        CREATE TABLE room_aliases (
          platform TEXT NOT NULL, room TEXT NOT NULL, first TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (platform, room)) STRICT, WITHOUT ROWID;
        CREATE INDEX room_aliases_of ON room_aliases (platform, first, since);
        """;

    private const string DeliveryLedgers = """
        CREATE TABLE deliveries (
          effect TEXT NOT NULL, person TEXT NOT NULL, stream TEXT NOT NULL, state TEXT NOT NULL, platform TEXT, room TEXT, message TEXT,
          code TEXT, PRIMARY KEY (effect, person)) STRICT, WITHOUT ROWID;
        CREATE INDEX deliveries_of_stream ON deliveries (stream);
        """;

    // Everybody is asked for again within the hour: rows without the new name would only delay it.
    private const string FullNames = """
        ALTER TABLE people ADD COLUMN full_name TEXT;
        DELETE FROM people;
        """;

    /// <summary>Brings the file up to this release, in the transaction of the caller.</summary>
    public static void Migrate(SqliteSession session)
    {
        session.Run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
        var version = Version(session);
        if (version > Steps.Length)
        {
            throw new StoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database file is of a later release (schema {version}, this one knows {Steps.Length}). Start that release."));
        }

        foreach (var step in Steps[version..])
        {
            session.Run(step);
        }

        session.Run("DELETE FROM schema_version");
        session.Execute("INSERT INTO schema_version VALUES ($version)", ("$version", Steps.Length));
    }

    private static int Version(SqliteSession session) =>
        session.First("SELECT version FROM schema_version", row => (object)row.GetInt32(0)) as int? ?? 0;
}
