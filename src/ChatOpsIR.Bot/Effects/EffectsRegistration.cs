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
        services.AddSingleton<TellingSubscribers>();
        services.AddSingleton<PostsElsewhere>();
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
                (incident, problem) => logger.LogError(problem, "Something failed in the work on {Incident}; it is tried again.", incident));
        });
        services.AddHostedService<EffectService>();
        return services;
    }
}
