using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Playground;

/// <summary>Keeps a workspace in a SQLite file. WAL with synchronous NORMAL survives a killed process, which is what a demo and a crash test
/// need; only a power cut could take the last moments.</summary>
public sealed class SqliteJournal : IWorkspaceJournal
{
    private readonly SqliteConnection connection;

    public SqliteJournal(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
        Run("CREATE TABLE IF NOT EXISTS record (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;");
    }

    public IEnumerable<WorkspaceRecord> Read()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT kind, key, json FROM record";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new WorkspaceRecord(reader.GetString(0), reader.GetString(1), reader.GetString(2));
        }
    }

    public void Write(IReadOnlyList<WorkspaceRecord> changed)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var record in changed)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = record.Json is null
                ? "DELETE FROM record WHERE kind = $kind AND key = $key"
                : "INSERT INTO record (kind, key, json) VALUES ($kind, $key, $json) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json";
            command.Parameters.AddWithValue("$kind", record.Kind);
            command.Parameters.AddWithValue("$key", record.Key);
            if (record.Json is not null)
            {
                command.Parameters.AddWithValue("$json", record.Json);
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
