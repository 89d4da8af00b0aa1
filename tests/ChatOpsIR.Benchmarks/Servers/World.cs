using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Bot.Tests;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Benchmarks.Servers;

/// <summary>The bot as it is installed, with a store of its own and incidents under way; and the workspace that stands for Slack.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication workspace;
    private readonly HttpClient http = new() { Timeout = Patience };
    private ServerProcess? bot;

    private World(Store store)
    {
        Store = store;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPlayground(builder.Environment, options =>
        {
            options.RateLimits = false;
            options.BotUrl = Address.ToString();
        });
        workspace = builder.Build();
        workspace.MapPlayground();
        Mail = new SlackMail(FloorServer.Secret, People.Look().Person("mara")!.Id);
    }

    public Store Store { get; }

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Next()}");

    public ServerProcess Bot => bot ?? throw new InvalidOperationException("The bot is stopped.");

    public SlackMail Mail { get; }

    /// <summary>The channels of the war rooms; the first is that of INC-1.</summary>
    public IReadOnlyList<string> Rooms { get; private set; } = [];

    private Workspace People => workspace.Services.GetRequiredService<Workspace>();

    public static async Task<World> StartAsync(StorageProvider store, int incidents)
    {
        var world = new World(await Store.NewAsync(store));
        try
        {
            await world.workspace.StartAsync();
            await world.StartBotAsync();
            await world.DeclareAsync(incidents);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh process on the same store.</summary>
    public async Task StartBotAsync()
    {
        await StopBotAsync();
        BeginBot();
        await Bot.AnswersAsync(new Uri(Address, "/healthz/ready"));
    }

    /// <summary>Begins a process and waits for nothing.</summary>
    public void BeginBot()
    {
        var settings = Store.Settings;
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        settings["ASPNETCORE_URLS"] = Address.ToString();
        settings["Slack__SigningSecret"] = FloorServer.Secret;
        settings["Slack__BotToken"] = "xoxb-playground";
        settings["Slack__ApiBaseUrl"] = $"{workspace.Urls.First()}/playground/slack/api/";
        settings["Slack__AnnounceChannel"] = "incidents";
        bot = ServerProcess.StartDotnet("ChatOpsIR.Bot.dll", ServerProcess.ServerCore, [], settings);
    }

    public async Task StopBotAsync()
    {
        if (bot is { } running)
        {
            bot = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>A fresh process on the database as it was kept.</summary>
    public async Task StartBotAfreshAsync()
    {
        await StopBotAsync();
        Store.Restore();
        await StartBotAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopBotAsync();
        await workspace.StopAsync();
        await workspace.DisposeAsync();
        await Store.DisposeAsync();
        http.Dispose();
    }

    /// <summary>Somebody types a command.</summary>
    public async Task TypesAsync(string channel, string text)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri($"{workspace.Urls.First()}/playground/api/act"),
            new JsonObject { ["as"] = "mara", ["do"] = "command", ["channel"] = channel, ["text"] = text });
        answer.EnsureSuccessStatusCode();
    }

    private async Task DeclareAsync(int incidents)
    {
        for (var i = 1; i <= incidents; i++)
        {
            await TypesAsync("incidents", $"/incident declare Benchmark number {i} fails sev:3");
        }

        Rooms = await EventuallyAsync(() => RoomsOf(incidents));
    }

    // The rooms with their cards pinned, once the bot has heard of everything it caused; null until then.
    private string[]? RoomsOf(int incidents)
    {
        var view = People.Look();
        var rooms = Enumerable.Range(1, incidents)
            .Select(i => view.Channels.FirstOrDefault(channel => channel.Name.StartsWith($"inc-{i}-", StringComparison.Ordinal)))
            .Where(room => room is { Topic.Length: > 0 } && room.Messages.Any(message => message.Pinned is not null))
            .Select(room => room!.Id)
            .ToArray();
        return rooms.Length == incidents && view.Unacknowledged.Count == 0 ? rooms : null;
    }

    private static async Task<T> EventuallyAsync<T>(Func<T?> look)
        where T : class
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new InvalidOperationException("The war rooms did not open.");
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <summary>How many of the letters that were answered with 200 are not in the record.</summary>
    public async Task<int> MissingAsync(IEnumerable<Letter> letters, Answers answers)
    {
        var recorded = await Store.CausesAsync(Rooms.Count);
        return letters.Zip(answers.Statuses).Count(one => one.Second == 200 && !recorded.Contains(one.First.CauseKey));
    }
}
