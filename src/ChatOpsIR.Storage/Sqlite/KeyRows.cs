using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The rows that make repeats harmless: what each cause led to.</summary>
internal static class KeyRows
{
    /// <summary>As many as one transaction can hold.</summary>
    private static readonly string[] Names = [.. Enumerable.Range(0, 100).Select(nth => string.Create(CultureInfo.InvariantCulture, $"$cause{nth}"))];

    private static readonly ConcurrentDictionary<int, string> Questions = [];

    public static byte[] Row(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public static void Insert(SqliteSession session, string stream, byte[] row, long version, Outcome outcome) => session.Execute(
        "INSERT INTO keys (stream, cause, version, code, entries) VALUES ($stream, $cause, $version, $code, $entries)",
        ("$stream", stream),
        ("$cause", row),
        ("$version", version),
        ("$code", outcome.Code),
        ("$entries", outcome.Entries));

    /// <summary>Whether the stream knows one of them, in one question: nearly always it knows none.</summary>
    public static bool KnowsAny(SqliteSession session, string stream, IReadOnlyList<byte[]> rows)
    {
        var arguments = new (string Name, object? Value)[rows.Count + 1];
        arguments[0] = ("$stream", stream);
        for (var i = 0; i < rows.Count; i++)
        {
            arguments[i + 1] = (Names[i], rows[i]);
        }

        return session.First(Questions.GetOrAdd(rows.Count, Question), found => (object)found.GetInt64(0), arguments) is not null;
    }

    public static KnownCause? Find(SqliteSession session, string stream, byte[] row) => session.First(
        "SELECT version, code, entries FROM keys WHERE stream = $stream AND cause = $cause",
        found => new KnownCause(found.GetInt64(0), new Outcome(found.GetString(1), found.GetInt32(2))),
        ("$stream", stream),
        ("$cause", row));

    private static string Question(int many) =>
        $"SELECT version FROM keys WHERE stream = $stream AND cause IN ({string.Join(", ", Names[..many])}) LIMIT 1";
}
