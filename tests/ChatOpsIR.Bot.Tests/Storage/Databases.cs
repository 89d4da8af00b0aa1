using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>Databases for tests: in memory, inline in memory, or in a file of their own.</summary>
internal sealed class Databases : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;
    private readonly List<SqliteStorage> _open = [];

    public string NewPath() => Path.Combine(_folder, $"{_open.Count}.db");

    public SqliteStorage Memory(TimeProvider time, bool inline = false) => Open(null, time, inline);

    public SqliteStorage File(TimeProvider time, string? path = null) => Open(path ?? NewPath(), time, inline: false);

    public void Dispose()
    {
        _open.ForEach(storage => storage.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteStorage Open(string? path, TimeProvider time, bool inline)
    {
        var storage = SqliteStorage.Open(new SqliteSettings("acme", path) { Time = time, Inline = inline, Randomness = new Counting() });
        _open.Add(storage);
        return storage;
    }

    /// <summary>Never the same twice, and the same in every run.</summary>
    private sealed class Counting : IRandomness
    {
        private long _next;

        public void Fill(Span<byte> bytes)
        {
            bytes.Clear();
            BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref _next));
        }
    }
}
