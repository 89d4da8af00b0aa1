using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

internal sealed record SnapshotRow(long Version, byte[] Hash, byte[] Body);

/// <summary>The rows of snapshots: one for each stream, state and format, replaced by later ones.</summary>
internal static class SnapshotRows
{
    private const string Upsert = """
        INSERT INTO snapshots (stream, state, format, version, hash, body) VALUES ($stream, $state, $format, $version, $hash, $body)
        ON CONFLICT (stream, state, format) DO UPDATE SET version = excluded.version, hash = excluded.hash, body = excluded.body
        WHERE excluded.version >= snapshots.version
        """;

    // A snapshot counts only while its entry is there with its hash: after a restored backup it may be of a future that never was.
    private const string Newest = """
        SELECT s.version, s.hash, s.body FROM snapshots s JOIN entries e ON e.stream = s.stream AND e.version = s.version AND e.hash = s.hash
        WHERE s.stream = $stream AND s.state = $state AND s.format = $format
        """;

    // Those of other releases, and those of a future that never was.
    private const string Others = """
        DELETE FROM snapshots AS s WHERE s.stream = $stream AND s.state = $state AND (s.format <> $format
          OR NOT EXISTS (SELECT 1 FROM entries e WHERE e.stream = s.stream AND e.version = s.version AND e.hash = s.hash))
        """;

    public static int Save(SqliteSession session, string stream, Type state, SnapshotRow row) => session.Execute(
        Upsert,
        ("$stream", stream),
        ("$state", state.Name),
        ("$format", SnapshotFormats.Of(state)),
        ("$version", row.Version),
        ("$hash", row.Hash),
        ("$body", row.Body));

    /// <summary>Leaves nothing but what <see cref="Find"/> would give.</summary>
    public static int DeleteOthers(SqliteSession session, string stream, Type state) => session.Execute(
        Others, ("$stream", stream), ("$state", state.Name), ("$format", SnapshotFormats.Of(state)));

    public static SnapshotRow? Find(SqliteSession session, string stream, Type state) => session.First(
        Newest,
        row => new SnapshotRow(row.GetInt64(0), row.Bytes(1), row.Bytes(2)),
        ("$stream", stream),
        ("$state", state.Name),
        ("$format", SnapshotFormats.Of(state)));
}
