using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Slack.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Slack;

public static class SlackRegistration
{
    /// <summary>Connects the bot to Slack, or to whatever speaks like it at <see cref="SlackOptions.ApiBaseUrl"/>.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // Log lines of the client would name response URLs, which are secrets. The time limit is the API's own, by the bot's clock.
        services.AddHttpClient(SlackApi.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.AddSingleton<SlackPacing>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<ISlackTalk, SlackTalk>();
        services.AddSingleton<SlackRooms>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<IChatPlatform, SlackChatPlatform>();
        services.AddSingleton<SlackDoor>();
        return services;
    }
}
