using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Benchmarks.Servers;

/// <summary>A store of its own for one bot, of either kind. It is gone afterwards.</summary>
internal sealed class Store : IAsyncDisposable
{
    private const string Organisation = "bench";
    private const int Page = 1000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatopsir-bench-");

    private Store(Azurite? azurite) => Azurite = azurite;

    /// <summary>Null for SQLite.</summary>
    public Azurite? Azurite { get; }

    /// <summary>The database file, where there is one.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "record.db");

    public string Name => Azurite is null ? "SQLite" : "Azurite";

    public static async Task<Store> NewAsync(StorageProvider kind) =>
        new(kind is StorageProvider.AzureTables ? await Servers.Azurite.StartAsync() : null);

    /// <summary>What the bot must be told to work on it.</summary>
    public Dictionary<string, string> Settings => Azurite is { } azurite
        ? new() { ["Organisation__Id"] = Organisation, ["Storage__Provider"] = "AzureTables", ["Storage__ConnectionString"] = azurite.ConnectionString }
        : new() { ["Organisation__Id"] = Organisation, ["Storage__Path"] = Path };

    /// <summary>Opens it for looking only.</summary>
    public RecordStorage Look() => StorageRegistration.OpenReadOnly(
        Azurite is { } azurite
            ? new StorageOptions { Provider = StorageProvider.AzureTables, ConnectionString = azurite.ConnectionString }
            : new StorageOptions { Path = Path },
        new OrganisationOptions { Id = Organisation });

    /// <summary>The cause of every entry in the streams of the incidents from the first to the last.</summary>
    public async Task<HashSet<string>> CausesAsync(int incidents)
    {
        using var storage = Look();
        var causes = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; number <= incidents; number++)
        {
            var after = 0L;
            while (await storage.Raw.ReadRawAsync(new IncidentId(number).Stream, after, Page, CancellationToken.None) is [.., var last] page)
            {
                causes.UnionWith(page.Select(entry => entry.CauseKey).OfType<string>());
                after = last.Version;
            }
        }

        return causes;
    }

    /// <summary>Keeps a database as it is, for <see cref="Restore"/>.</summary>
    public void Keep()
    {
        using (SqliteStorage.Open(new SqliteSettings(Organisation, Path)))
        {
            // Opening and closing it alone brings the log into the file.
        }

        File.Copy(Path, Path + ".kept", overwrite: true);
    }

    public void Restore()
    {
        File.Delete(Path + "-wal");
        File.Delete(Path + "-shm");
        File.Copy(Path + ".kept", Path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (Azurite is { } azurite)
        {
            await azurite.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
