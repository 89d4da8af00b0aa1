using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Slack;
using ChatOpsIR.Storage;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Start;

/// <summary>Says in one line what runs here, so that nobody has to guess from silence.</summary>
internal static class StartLine
{
    public static void LogAtStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var storage = app.Services.GetRequiredService<RecordStorage>();
        var slack = app.Services.GetRequiredService<IOptions<SlackOptions>>().Value;
        app.Logger.LogInformation(
            "ChatOpsIR listens at {Addresses}. Record: {Store}, organisation {Organisation}. Hangfire's jobs: {Jobs}. Slack: {Slack}.",
            string.Join(", ", app.Urls),
            storage.Place,
            storage.Organisation,
            app.Services.GetRequiredService<IOptions<HangfireOptions>>().Value.Place(),
            string.IsNullOrWhiteSpace(slack.BotToken) ? "not configured (Slack__BotToken and Slack__SigningSecret are not set)" : $"configured, {slack.ApiBaseUrl}");
    });
}
