using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Bot.Effects;

internal static class EffectsRegistration
{
    /// <summary>What carries out the promises.</summary>
    public static IServiceCollection AddEffects(this IServiceCollection services)
    {
        services.AddSingleton<Painting>();
        services.AddSingleton<EffectAttempt>();
        services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILogger<EffectRunner>>();
            return new EffectRunner(
                provider.GetRequiredService<IncidentStreams>(),
                provider.GetRequiredService<ILeases>(),
                provider.GetRequiredService<EffectAttempt>(),
                provider.GetRequiredService<Painting>(),
                provider.GetRequiredService<CatchingUp>(),
                provider.GetRequiredService<Bell>(),
                provider.GetRequiredService<TimeProvider>(),
                (incident, problem) => logger.LogError(problem, "Work on {Incident} broke off; it is taken up again.", incident));
        });
        services.AddHostedService<EffectService>();
        return services;
    }

    /// <summary>Lets the runner listen while the bot runs, and waits for it when the bot stops.</summary>
    private sealed class EffectService(EffectRunner runner) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            runner.Start(stoppingToken);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                await runner.QuietAsync();
            }
        }
    }
}
