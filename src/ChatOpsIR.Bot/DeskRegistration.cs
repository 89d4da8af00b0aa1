using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Bot;

internal static class DeskRegistration
{
    /// <summary>The rules, and the one road that every order goes.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton(DefaultPolicy.Text);
        services.AddSingleton(Execution.Threaded);
        services.AddSingleton<Bell>();
        services.AddSingleton<IncidentRules>();
        services.AddSingleton<IncidentStreams>();
        services.AddSingleton<People>();
        services.AddSingleton<Declaring>();
        services.AddSingleton<Subscribing>();
        services.AddSingleton<LookingBack>();
        services.AddTimelineLinks();
        services.AddSingleton<Questions>();
        services.AddSingleton<CatchingUp>();
        services.AddSingleton<Reminding>();
        services.AddSingleton<Redacting>();
        services.AddSingleton<Reconciling>();
        services.AddSingleton<IDesk, Desk>();
        return services;
    }
}
