using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Sqlite;
using ChatOpsIR.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// Keeps the record where the settings say. A <see cref="RecordStorage"/>, <see cref="TimeProvider"/> or <see cref="IRandomness"/> that
    /// is registered before stays in charge.
    /// </summary>
    public static IServiceCollection AddRecordStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OrganisationOptions>().BindConfiguration(OrganisationOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomness, SystemRandomness>();
        services.TryAddSingleton(Open);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecordStorage>().Streams);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecordStorage>().Raw);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecordStorage>().Directory);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecordStorage>().Leases);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecordStorage>().Hash);
        services.AddHostedService<StorageStart>();
        return services;
    }

    /// <summary>Opens an existing store for looking only, beside running bots or without one.</summary>
    /// <exception cref="StoreException">It is not there, or it cannot be read.</exception>
    public static RecordStorage OpenReadOnly(StorageOptions storage, OrganisationOptions organisation) =>
        storage.Provider is StorageProvider.AzureTables
            ? TableStorage.OpenReadOnly(new TableSettings(organisation.Id) { ConnectionString = storage.ConnectionString, Endpoint = storage.TableEndpoint })
            : SqliteStorage.OpenReadOnly(storage.Path);

    private static RecordStorage Open(IServiceProvider provider)
    {
        var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var organisation = provider.GetRequiredService<IOptions<OrganisationOptions>>().Value.Id;
        var time = provider.GetRequiredService<TimeProvider>();
        var randomness = provider.GetRequiredService<IRandomness>();
        return storage.Provider is StorageProvider.AzureTables
            ? TableStorage.Open(new TableSettings(organisation)
            {
                ConnectionString = storage.ConnectionString,
                Endpoint = storage.TableEndpoint,
                Time = time,
                Randomness = randomness,
                Log = provider.GetRequiredService<ILogger<RecordStorage>>(),
            })
            : SqliteStorage.Open(new SqliteSettings(organisation, storage.Path == StorageOptions.InMemory ? null : storage.Path)
            {
                Time = time,
                Randomness = randomness,
                Alone = true,
            });
    }
}
