using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;

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
            var storage = provider.GetService<RecordStorage>();
            return new EffectRunner(
                provider.GetRequiredService<IncidentStreams>(),
                provider.GetRequiredService<ILeases>(),
                provider.GetRequiredService<EffectAttempt>(),
                provider.GetRequiredService<Painting>(),
                provider.GetRequiredService<CatchingUp>(),
                provider.GetRequiredService<Bell>(),
                provider.GetRequiredService<TimeProvider>(),
                (incident, problem) => Tell(storage, logger, incident, problem));
        });
        services.AddHostedService<EffectService>();
        return services;
    }

    private static void Tell(RecordStorage? storage, ILogger logger, IncidentId incident, Exception problem)
    {
        if (problem is ChatRefusedException refused)
        {
            logger.LogWarning("{Incident} is not shown as it is now, until it changes again: {Why}", incident, refused.Message);
            return;
        }

        // What the chat platform did not answer is no fault of ours that a stack would explain.
        if (problem is ChatException)
        {
            logger.LogWarning("Something failed in the work on {Incident}; it is tried again: {Why}", incident, problem.Message);
            return;
        }

        // One sentence about a store that is out is enough.
        var level = problem is StoreException && storage is { IsOut: true } ? LogLevel.Debug : LogLevel.Error;
        logger.Log(level, problem, "Something failed in the work on {Incident}; it is tried again.", incident);
    }
}
