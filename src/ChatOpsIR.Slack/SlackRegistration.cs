using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Slack.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Polly;

namespace ChatOpsIR.Slack;

/// <summary>Puts Slack into the bot.</summary>
public static class SlackRegistration
{
    public static IServiceCollection AddSlack(this IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        AddClient(services);
        services.AddSingleton<SlackPacing>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackRooms>();
        services.AddSingleton<SlackInvitations>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<ISlackTalk, SlackTalk>();
        services.AddSingleton<IChatPlatform, SlackChatPlatform>();
        services.AddSingleton<SlackDoor>();
        services.AddHostedService<ScopesAtStart>();
        return services;
    }

    private static void AddClient(IServiceCollection services)
    {
        services.AddHttpClient(SlackApi.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)

            // The factory's loggers would write response URLs, which are secrets.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ActivityHeadersPropagator = null,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddResilienceHandler("reads", static (pipeline, context) =>
            {
                pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
                pipeline.AddRetry(ReadRetry.Options);
            });
    }
}
