using ChatOpsIR.Core.Ports;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;

namespace ChatOpsIR.Bot.Reminders;

internal static class RemindersRegistration
{
    public static IServiceCollection AddReminders(this IServiceCollection services)
    {
        services.AddHangfire((provider, settings) => settings
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());

        // Hangfire's own way keeps these in static fields, where two bots in one process would run each other's jobs.
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) }));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = 2;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
        services.AddTransient<DueJob>();
        services.AddSingleton<IReminders, HangfireReminders>();
        services.AddHostedService<DueRowsAtStart>();
        services.AddSingleton<FirstRound>();
        services.AddHostedService<Reconciler>();
        return services;
    }
}
