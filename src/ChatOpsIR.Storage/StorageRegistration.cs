using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// Keeps the record in SQLite. An <see cref="SqliteStorage"/>, <see cref="TimeProvider"/> or <see cref="IRandomness"/> that is
    /// registered before stays in charge.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OrganisationOptions>().BindConfiguration(OrganisationOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomness, SystemRandomness>();
        services.TryAddSingleton(Open);
        services.TryAddSingleton(provider => provider.GetRequiredService<SqliteStorage>().Streams);
        services.TryAddSingleton(provider => provider.GetRequiredService<SqliteStorage>().Raw);
        services.TryAddSingleton(provider => provider.GetRequiredService<SqliteStorage>().Directory);
        services.TryAddSingleton(provider => provider.GetRequiredService<SqliteStorage>().Leases);
        services.TryAddSingleton(provider => provider.GetRequiredService<SqliteStorage>().Hash);
        services.AddHostedService<StorageStart>();
        return services;
    }

    private static SqliteStorage Open(IServiceProvider provider)
    {
        var path = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Path;
        var organisation = provider.GetRequiredService<IOptions<OrganisationOptions>>().Value.Id;
        return SqliteStorage.Open(new SqliteSettings(organisation, path == StorageOptions.InMemory ? null : path)
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            Randomness = provider.GetRequiredService<IRandomness>(),
            Alone = true,
        });
    }
}
