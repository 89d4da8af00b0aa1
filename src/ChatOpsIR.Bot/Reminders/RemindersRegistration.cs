using ChatOpsIR.Bot.Health;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Reminders;

internal static class RemindersRegistration
{
    public static IServiceCollection AddReminders(this IServiceCollection services)
    {
        services.AddOptions<HangfireOptions>().BindConfiguration(HangfireOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHangfire((provider, settings) => settings
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());

        // Hangfire's own way keeps these in static fields, where two bots in one process would run each other's jobs.
        services.AddSingleton(OpenStorage);
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = 2;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.HeartbeatInterval = Heartbeats.Every;
        });
        services.AddSingleton<ClockCheck>();
        services.AddTransient<DueJob>();
        services.AddSingleton<WakeUpJobs>();
        services.AddSingleton<JobsOutage>();
        services.AddSingleton<HangfireReminders>();
        services.AddSingleton<IReminders>(provider => provider.GetRequiredService<HangfireReminders>());
        services.AddHostedService(provider => provider.GetRequiredService<HangfireReminders>());
        services.AddHostedService<DueRowsAtStart>();
        services.AddSingleton<FirstRound>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<OtherInstances>();
        services.AddHostedService(provider => provider.GetRequiredService<OtherInstances>());
        services.AddHostedService<Reconciler>();
        return services;
    }

    private static JobStorage OpenStorage(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<HangfireOptions>>().Value;
        return options is { Storage: HangfireStorage.PostgreSql, ConnectionString: { } database }
            ? OpenPostgreSql(database, provider)
            : new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });
    }

    private static PostgreSqlStorage OpenPostgreSql(string database, IServiceProvider provider)
    {
        var schema = PostgreSqlConnections.SchemaOf(provider.GetRequiredService<IOptions<OrganisationOptions>>().Value.Id);
        var connections = new PostgreSqlConnections(database, schema, provider.GetRequiredService<TimeProvider>());
        return new PostgreSqlStorage(connections, new PostgreSqlStorageOptions
        {
            SchemaName = schema,

            // The bot starts whether the database is there or not, so its connections prepare the schema and not its constructor.
            PrepareSchemaIfNecessary = false,
            QueuePollInterval = TimeSpan.FromMilliseconds(250),
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromSeconds(30),

            // The lock of an instance that died, or of a database that stopped, holds up whoever schedules for as long as this.
            DistributedLockTimeout = TimeSpan.FromSeconds(10),
        });
    }
}
