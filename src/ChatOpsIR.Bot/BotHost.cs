using ChatOpsIR.Bot.Api;
using ChatOpsIR.Bot.Demo;
using ChatOpsIR.Bot.Effects;
using ChatOpsIR.Bot.Health;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Bot.Start;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Storage;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot;

/// <summary>The bot as a server: what it is made of, and what it answers.</summary>
public static class BotHost
{
    internal const string DefaultUrl = "http://127.0.0.1:5080";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        Addresses.Check(builder.Configuration[WebHostDefaults.ServerUrlsKey]);
        var started = false;

        // A start that fails ends in a sentence, or else in the whole exception: neither needs to be told before it.
        Func<LogLevel, bool> onceStarted = level => started && level >= LogLevel.Warning;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", onceStarted).AddFilter("Microsoft.AspNetCore.Server.Kestrel", onceStarted);
        await using var app = Build(builder);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await app.StartAsync();
        started = true;
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Puts the bot together; a test hands in a builder of its own.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        SettingsCheck.Run(builder.Configuration);
        builder.Services.AddDemo(builder.Configuration, builder.Environment);
        builder.Services.AddRecordStorage();
        builder.Services.AddDesk();
        builder.Services.AddSlack();
        builder.Services.AddReminders();
        builder.Services.AddEffects();
        builder.Services.AddReadApi();
        builder.Services.AddTimelinePage();

        var app = builder.Build();
        app.MapHealth();
        app.MapSlack();
        app.MapReadApi();
        app.MapTimelinePage();
        app.LogAtStart();
        app.MapDemo();
        return app;
    }
}
