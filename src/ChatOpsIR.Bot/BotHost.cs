using ChatOpsIR.Bot.Api;
using ChatOpsIR.Bot.Demo;
using ChatOpsIR.Bot.Effects;
using ChatOpsIR.Bot.Health;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Bot.Timeline;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using ChatOpsIR.Storage;

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

        try
        {
            await using var app = Build(builder);
            await app.RunAsync();
            return 0;
        }
        catch (StoreException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
    }

    /// <summary>Puts the bot together; a test hands in a builder of its own.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
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
        app.MapDemo();
        return app;
    }
}
