using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The rows that make repeats harmless: what each cause led to.</summary>
internal static class KeyRows
{
    public static byte[] Row(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public static void Insert(SqliteSession session, string stream, byte[] row, long version, Outcome outcome) => session.Execute(
        "INSERT INTO keys (stream, cause, version, code, entries) VALUES ($stream, $cause, $version, $code, $entries)",
        ("$stream", stream),
        ("$cause", row),
        ("$version", version),
        ("$code", outcome.Code),
        ("$entries", outcome.Entries));

    public static KnownCause? Find(SqliteSession session, string stream, byte[] row) => session.First(
        "SELECT version, code, entries FROM keys WHERE stream = $stream AND cause = $cause",
        found => new KnownCause(found.GetInt64(0), new Outcome(found.GetString(1), found.GetInt32(2))),
        ("$stream", stream),
        ("$cause", row));
}
