using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>One bot with a database of its own, and the workspace it works in. The workspace lives on when the bot dies.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private readonly string folder = NewFolder();
    private readonly Uri botAddress = new($"http://127.0.0.1:{LoopbackPort.Next()}");
    private readonly SlackPatience slack = new();
    private readonly WebApplication playground;
    private readonly List<Acknowledged> told = [];
    private BotProcess? bot;
    private Delivery? lastTyped;
    private string hook = "";
    private int bots;

    private CrashWorld(Template? template)
    {
        if (template is not null)
        {
            File.WriteAllBytes(Record, template.Record);
        }

        playground = Host(template);
    }

    public Workspace Workspace => playground.Services.GetRequiredService<Workspace>();

    /// <summary>What came back last; null when nothing did.</summary>
    public string? LastAnswer { get; private set; }

    /// <summary>How many orders were given in this world.</summary>
    public int Orders { get; set; }

    public BotProcess Bot => bot ?? throw new InvalidOperationException("The bot is stopped.");

    /// <summary>The points that the bot reached since it was armed.</summary>
    public IReadOnlyList<string> Reached => File.Exists(InHook(StartupHook.Reached)) ? File.ReadAllLines(InHook(StartupHook.Reached)) : [];

    private string Record => InFolder("record.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Ready to work, and not armed.</summary>
    public static async Task<CrashWorld> StartAsync(Template? template = null)
    {
        var world = new CrashWorld(template);
        try
        {
            await world.playground.StartAsync(Ct);
            await world.RestartAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to count; the bot dies at the given point.</summary>
    public void Arm(string point)
    {
        File.WriteAllText(InHook("arming"), point);
        File.Move(InHook("arming"), InHook(StartupHook.Arm));
    }

    /// <summary>Starts the bot on what the last one left behind.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        hook = Directory.CreateDirectory(InFolder($"bot-{++bots}")).FullName;
        bot = BotProcess.Start(botAddress, Settings());
        await bot.ReadyAsync();
    }

    /// <summary>Somebody types a command; gives what they are answered, or null when no answer came.</summary>
    public async Task<string?> TypesAsync(string who, string channel, string text)
    {
        var act = Workspace.Act(new JsonObject { ["as"] = who, ["do"] = "command", ["channel"] = channel, ["text"] = text });
        var delivery = act.Delivery ?? throw new InvalidOperationException($"{text} went nowhere: {act.Error}");
        var answer = await playground.Services.GetRequiredService<DeliveryService>().AnswerToAsync(delivery, Ct);
        lastTyped = delivery;
        return LastAnswer = answer.Ok ? answer.Data["answer"]?["text"]?.GetValue<string>() ?? "" : null;
    }

    /// <summary>Keeps the last answer, which said that something is done: from now on it must be in the record.</summary>
    public void WasToldDone(string what, IncidentId incident, bool byThisCommand)
    {
        using var storage = SqliteStorage.OpenReadOnly(Record);
        told.Add(byThisCommand ? Acknowledged.Command(what, lastTyped!, incident, storage.Hash) : new Acknowledged(what, null, incident));
    }

    public async Task<WholeRecord> LookAsync()
    {
        using var storage = SqliteStorage.OpenReadOnly(Record);
        return await WholeRecord.ReadAsync(storage, Ct);
    }

    /// <summary>Slack tries again whatever the bot has not taken.</summary>
    public void MinutesPass() => slack.MinutesPass();

    /// <summary>What is wrong, or still under way.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync()
    {
        using var storage = SqliteStorage.OpenReadOnly(Record);
        var view = Workspace.Look();
        var broken = await InvariantCheck.BrokenAsync(new Evidence(storage, view, DefaultPolicy.Text) { Acknowledged = told }, Ct);
        return [.. broken, .. view.Unacknowledged.Select(delivery => $"Slack still has event {delivery.EventId}.")];
    }

    /// <summary>What this world may be begun with again. The bot is stopped for it.</summary>
    public async Task<Template> KeepAsync()
    {
        await StopAsync();
        using (var storage = SqliteStorage.Open(new SqliteSettings("default", Record)))
        {
            // Opening and closing it alone brings the log into the file.
        }

        using var saved = new MemoryStream();
        Workspace.Save(saved);
        return new Template(await File.ReadAllBytesAsync(Record, Ct), saved.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await playground.StopAsync(CancellationToken.None);
        await playground.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (bot is { } running)
        {
            bot = null;
            await running.DisposeAsync();
        }
    }

    private WebApplication Host(Template? template)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(slack);
        if (template is not null)
        {
            builder.Services.AddSingleton(services => Workspace.Load(
                new MemoryStream(template.Workspace), new WorkspaceSettings { RateLimits = false }, services.GetRequiredService<TimeProvider>()));
        }

        builder.Services.AddPlayground(builder.Environment, options =>
        {
            options.RateLimits = false;
            options.BotUrl = botAddress.ToString();
        });
        var app = builder.Build();
        app.MapPlayground();
        return app;
    }

    private Dictionary<string, string> Settings()
    {
        var workspace = new PlaygroundOptions();
        return new Dictionary<string, string>
        {
            ["Storage__Path"] = Record,
            ["Slack__SigningSecret"] = workspace.SigningSecret,
            ["Slack__BotToken"] = workspace.BotToken,
            ["Slack__ApiBaseUrl"] = $"{playground.Urls.First()}/playground/slack/api/",
            ["Slack__AnnounceChannel"] = "incidents",
            ["DOTNET_STARTUP_HOOKS"] = typeof(CrashWorld).Assembly.Location,
            [StartupHook.Folder] = hook,

            // By hand: at the begins and ends of reads as well, a thrice longer run.
            [StartupHook.Every] = Environment.GetEnvironmentVariable("CRASH_POINTS") is "all" ? "yes" : "",
        };
    }

    private string InHook(string name) => Path.Combine(hook, name);

    private string InFolder(string name) => Path.Combine(folder, name);

    /// <summary>In memory where the system has files there: killing a process takes nothing from them, and no slow disk spoils the clock.</summary>
    private static string NewFolder()
    {
        const string Memory = "/dev/shm";
        const long Enough = 256 * 1024 * 1024;
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough
            ? Directory.CreateDirectory(Path.Combine(Memory, $"chatopsir-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}")).FullName
            : Directory.CreateTempSubdirectory("chatopsir-").FullName;
    }
}

/// <summary>A world to begin with: the bytes of its database, and its workspace.</summary>
internal sealed record Template(byte[] Record, byte[] Workspace);
