using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>One row of entries and its rows of keys, as they stand in a record.</summary>
internal sealed record RawRow(object[] Entry, object[][] Keys);

/// <summary>The rows of a record, and the statements that made its tables.</summary>
internal sealed record RawRows(string[] Schema, RawRow[] Entries)
{
    public static RawRows Read(string path, int most)
    {
        using var database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        database.Open();
        var keys = Read(database, "SELECT stream, cause, version, code, entries FROM keys").ToLookup(key => ((string)key[0], (long)key[2]));
        var entries = Read(database, $"SELECT * FROM entries ORDER BY rowid LIMIT {most}");
        var schema = Read(database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('entries', 'keys')");
        return new RawRows(
            [.. schema.Select(row => (string)row[0])],
            [.. entries.Select(entry => new RawRow(entry, [.. keys[((string)entry[0], (long)entry[1])]]))]);
    }

    private static List<object[]> Read(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        List<object[]> found = [];
        while (rows.Read())
        {
            var row = new object[rows.FieldCount];
            rows.GetValues(row);
            found.Add(row);
        }

        return found;
    }
}

/// <summary>The least that appending these rows can cost: one bare connection, prepared statements, one transaction for all that wait.</summary>
internal sealed class RawGroupCommit : IDisposable
{
    private const int Most = 256;

    private readonly SqliteConnection database;
    private readonly SqliteCommand entry;
    private readonly SqliteCommand key;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SharedCommits<RawRow> commits;

    public RawGroupCommit(string path, IEnumerable<string> schema)
    {
        database = new SqliteConnection($"Data Source={path};Pooling=False");
        database.Open();
        Prepare("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096", 0).ExecuteNonQuery();
        foreach (var statement in schema)
        {
            Prepare(statement, 0).ExecuteNonQuery();
        }

        entry = Prepare("INSERT INTO entries VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 14);
        key = Prepare("INSERT INTO keys (stream, cause, version, code, entries) VALUES ($0, $1, $2, $3, $4)", 5);
        begin = Prepare("BEGIN IMMEDIATE", 0);
        commit = Prepare("COMMIT", 0);
        commits = new SharedCommits<RawRow>(Most, Write);
    }

    public Task AppendAsync(RawRow row) => commits.AddAsync(row);

    public void Dispose()
    {
        commits.Dispose();
        foreach (var command in new[] { entry, key, begin, commit })
        {
            command.Dispose();
        }

        database.Dispose();
    }

    private void Write(List<RawRow> batch)
    {
        begin.ExecuteNonQuery();
        foreach (var row in batch)
        {
            Insert(entry, row.Entry);
            foreach (var cause in row.Keys)
            {
                Insert(key, cause);
            }
        }

        commit.ExecuteNonQuery();
    }

    private static void Insert(SqliteCommand command, object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = database.CreateCommand();
#pragma warning disable CA2100 // Constants, and the statements of our own schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        return command;
    }
}
