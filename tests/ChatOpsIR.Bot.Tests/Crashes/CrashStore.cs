using System.Security.Cryptography;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Where the bot of one world keeps its record. It is there before the bot is, and after.</summary>
internal sealed class CrashStore
{
    private readonly StorageOptions storage;
    private readonly OrganisationOptions organisation;
    private RecordStorage? tables;

    private CrashStore(StorageOptions storage, string organisation) => (this.storage, this.organisation) = (storage, new OrganisationOptions { Id = organisation });

    /// <param name="folder">For the file of SQLite.</param>
    /// <param name="azurite">Stands outside and is never killed: it loses what it acknowledged. Each world is an organisation of its own in it.</param>
    public static async Task<CrashStore> NewAsync(StorageProvider provider, string folder, Azurite azurite) => provider is StorageProvider.AzureTables
        ? new CrashStore(
            new StorageOptions { Provider = provider, ConnectionString = await azurite.ConnectionStringAsync() }, $"crash-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}")
        : new CrashStore(new StorageOptions { Path = Path.Combine(folder, "record.db") }, "default");

    /// <summary>What the bot is told.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Organisation__Id", organisation.Id),
        new("Storage__Provider", $"{storage.Provider}"),
        storage.ConnectionString is { } connection ? new("Storage__ConnectionString", connection) : new("Storage__Path", storage.Path),
    ];

    /// <summary>For looking only. A file is opened and closed each time: while somebody else holds it open, a death leaves less to recover.</summary>
    public RecordStorage Open() => storage.Provider is StorageProvider.Sqlite
        ? StorageRegistration.OpenReadOnly(storage, organisation)
        : tables ??= StorageRegistration.OpenReadOnly(storage, organisation);
}
