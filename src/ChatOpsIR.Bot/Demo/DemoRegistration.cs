using ChatOpsIR.Bot.Start;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Demo;

/// <summary>With no chat product configured, in Development, the playground inside the bot is the workspace.</summary>
internal static class DemoRegistration
{
    private static readonly string[] Credentials = ["Slack:BotToken", "Slack:SigningSecret", "Slack:ApiBaseUrl", "Teams:AppId", "Teams:ClientSecret"];

    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (!IsWanted(configuration, environment))
        {
            return services;
        }

        if (HasCredentials(configuration))
        {
            throw new SettingsException(
                "The playground does not run beside real credentials: whoever opens its page can act as anybody. Remove Playground__Enabled, or the Slack__ and Teams__ settings.");
        }

        if (Urls(configuration).FirstOrDefault(url => !IsLoopback(url)) is { } open)
        {
            throw new SettingsException(
                $"The playground is for this machine only: whoever reaches it can act as anybody. ASPNETCORE_URLS names {open}; use {BotHost.DefaultUrl}, or set Playground__Enabled=false and give the Slack__ settings.");
        }

        services.AddSingleton<TimeProvider>(new AdjustableTimeProvider());
        services.AddPlayground(environment, options =>
        {
            options.BotUrl = OwnUrl(configuration);
            options.StatePath ??= StateBesideTheRecord(configuration);
            options.CommandHints = [.. VerbList.All.Where(verb => verb.Listed).Select(verb => ($"/incident {verb.Name} ", verb.Help))];
        });

        // The bot speaks to the playground as it would to Slack: over HTTP, signed, with a token.
        var playground = new PlaygroundOptions();
        services.PostConfigure<SlackOptions>(slack =>
        {
            slack.SigningSecret = playground.SigningSecret;
            slack.BotToken = playground.BotToken;
            slack.ApiBaseUrl = new Uri($"{OwnUrl(configuration)}/playground/slack/api/");
            slack.AnnounceChannel ??= "incidents";
        });
        return services;
    }

    public static void MapDemo(this WebApplication app)
    {
        if (IsWanted(app.Configuration, app.Environment))
        {
            app.MapPlayground();
            app.MapGet("/", () => Results.Redirect("/playground"));
            app.Lifetime.ApplicationStarted.Register(() => app.Logger.LogInformation("Open {Address}/playground", OwnUrl(app.Configuration)));
        }
    }

    // The workspace must live as long as the record that speaks of it.
    private static string? StateBesideTheRecord(IConfiguration configuration)
    {
        var record = configuration[$"{StorageOptions.Section}:Path"] ?? new StorageOptions().Path;
        return record == ":memory:" ? null : Path.ChangeExtension(record, ".playground.db");
    }

    private static string OwnUrl(IConfiguration configuration) =>
        Urls(configuration)[0].TrimEnd('/');

    private static string[] Urls(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls : BotHost.DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback;

    private static bool IsWanted(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetValue<bool?>("Playground:Enabled") ?? (environment.IsDevelopment() && !HasCredentials(configuration));

    private static bool HasCredentials(IConfiguration configuration) =>
        Credentials.Any(name => !string.IsNullOrEmpty(configuration[name]));
}
