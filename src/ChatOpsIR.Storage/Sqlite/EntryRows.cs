using System.Runtime.InteropServices;
using ChatOpsIR.Storage.Format;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The rows of entries.</summary>
internal static class EntryRows
{
    private const string Columns =
        "version, kind, cause_key, occurred_at, recorded_at, actor, source, data, content, salt, commitment, previous_hash, hash";

    private const string Page = $"SELECT {Columns} FROM entries WHERE stream = $stream AND version > $after ORDER BY version LIMIT $most";

    private const string New = $"""
        INSERT INTO entries (stream, {Columns}) VALUES ($stream, $version, $kind, $cause_key, $occurred_at, $recorded_at, $actor, $source,
          $data, $content, $salt, $commitment, $previous_hash, $hash)
        """;

    public static void Insert(SqliteSession session, string stream, RawEntry entry) => session.Execute(
        New,
        ("$stream", stream),
        ("$version", entry.Version),
        ("$kind", entry.Kind),
        ("$cause_key", entry.CauseKey),
        ("$occurred_at", entry.OccurredAt),
        ("$recorded_at", entry.RecordedAt),
        ("$actor", entry.Actor),
        ("$source", entry.Source),
        ("$data", Array(entry.Data)),
        ("$content", Array(entry.Content)),
        ("$salt", Array(entry.Salt)),
        ("$commitment", Array(entry.Commitment)),
        ("$previous_hash", Array(entry.PreviousHash)),
        ("$hash", Array(entry.Hash)));

    public static List<RawEntry> Read(SqliteSession session, string stream, long after, int most) =>
        session.Query(Page, ReadRow, ("$stream", stream), ("$after", after), ("$most", most));

    /// <summary>As <see cref="Read"/>, and ends early once it holds enough bytes.</summary>
    public static List<RawEntry> ReadSome(SqliteSession session, string stream, long after, int most, long mostBytes)
    {
        var held = 0L;
        return session.QueryUntil(
            Page,
            ReadRow,
            entry => (held += entry.Data.Length + (entry.Content?.Length ?? 0)) >= mostBytes,
            ("$stream", stream),
            ("$after", after),
            ("$most", most));
    }

    /// <summary>Version and hash of the newest entry; version 0 when there is none.</summary>
    public static (long Version, byte[]? Hash) Head(SqliteSession session, string stream) =>
        session.First(
            "SELECT version, hash FROM entries WHERE stream = $stream ORDER BY version DESC LIMIT 1",
            row => new NewestRow(row.GetInt64(0), row.Bytes(1)),
            ("$stream", stream)) is { } newest ? (newest.Version, newest.Hash) : (0, null);

    public static byte[]? HashAt(SqliteSession session, string stream, long version) => session.First(
        "SELECT hash FROM entries WHERE stream = $stream AND version = $version",
        row => row.Bytes(0),
        ("$stream", stream),
        ("$version", version));

    public static string? KindAt(SqliteSession session, string stream, long version) => session.First(
        "SELECT kind FROM entries WHERE stream = $stream AND version = $version",
        row => row.GetString(0),
        ("$stream", stream),
        ("$version", version));

    public static int Empty(SqliteSession session, string stream, long version) => session.Execute(
        "UPDATE entries SET content = NULL, salt = NULL WHERE stream = $stream AND version = $version AND content IS NOT NULL",
        ("$stream", stream),
        ("$version", version));

    private static RawEntry ReadRow(SqliteDataReader row) => new()
    {
        Version = row.GetInt64(0),
        Kind = row.GetString(1),
        CauseKey = row.TextOrNull(2),
        OccurredAt = row.GetString(3),
        RecordedAt = row.GetString(4),
        Actor = row.TextOrNull(5),
        Source = row.GetString(6),
        Data = row.Bytes(7),
        Content = OptionalBytes.Of(row.BytesOrNull(8)),
        Salt = OptionalBytes.Of(row.BytesOrNull(9)),
        Commitment = row.Bytes(10),
        PreviousHash = row.Bytes(11),
        Hash = row.Bytes(12),
    };

    private static byte[]? Array(ReadOnlyMemory<byte>? bytes) => bytes is not { } there ? null
        : MemoryMarshal.TryGetArray(there, out var segment) && segment.Array is { } whole && whole.Length == segment.Count ? whole
        : there.ToArray();

    private sealed record NewestRow(long Version, byte[] Hash);
}
