using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>One bot with a store of its own, and the workspace it works in. Store and workspace live on when the bot dies.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private const string ApiKey = "crash-key";
    private static readonly TimeSpan BetweenMinutes = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ApiKey) } };

    private readonly string folder = NewFolder();
    private readonly Uri botAddress = new($"http://127.0.0.1:{LoopbackPort.Next()}");
    private readonly SlackPatience slack = new();
    private readonly ConcurrentQueue<Acknowledged> told = [];
    private readonly WebApplication playground;
    private CrashStore? store;
    private IKeyedHash? hash;
    private BotProcess? bot;
    private long? passedAt;
    private string hook = "";
    private int bots;

    private CrashWorld() => playground = Host();

    public Workspace Workspace => playground.Services.GetRequiredService<Workspace>();

    /// <summary>What came back last; null when nothing did.</summary>
    public string? LastAnswer { get; private set; }

    /// <summary>How many orders were given in this world.</summary>
    public int Orders { get; set; }

    public BotProcess Bot => bot ?? throw new InvalidOperationException("The bot is stopped.");

    /// <summary>The points that the bot reached since it was armed.</summary>
    public IReadOnlyList<string> Reached => File.Exists(InHook(StartupHook.Reached)) ? File.ReadAllLines(InHook(StartupHook.Reached)) : [];

    /// <summary>How many things were answered as done.</summary>
    public int Acknowledged => told.Count;

    private CrashStore Store => store ?? throw new InvalidOperationException("There is no store yet.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Ready to work, and not armed.</summary>
    /// <param name="pushesTime">The clock of the bot can be pushed.</param>
    public static async Task<CrashWorld> StartAsync(StorageProvider provider, Azurite azurite, bool pushesTime = false)
    {
        var world = new CrashWorld();
        try
        {
            world.store = await CrashStore.NewAsync(provider, world.folder, azurite);
            if (pushesTime)
            {
                world.LetPass(TimeSpan.Zero);
            }

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
    public void Arm(string point) => Write(InHook(StartupHook.Arm), point);

    /// <summary>Starts the bot on what the last one left behind.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        hook = Directory.CreateDirectory(InFolder($"bot-{++bots}")).FullName;
        bot = BotProcess.Start(botAddress, Settings());
        await bot.ReadyAsync();
    }

    /// <summary>Somebody types a command; gives what they are answered.</summary>
    public async Task<Answer> TypesAsync(string who, string channel, string text)
    {
        var act = Workspace.Act(new JsonObject { ["as"] = who, ["do"] = "command", ["channel"] = channel, ["text"] = text });
        var delivery = act.Delivery ?? throw new InvalidOperationException($"{text} went nowhere: {act.Error}");
        var result = await playground.Services.GetRequiredService<DeliveryService>().AnswerToAsync(delivery, Ct);
        var answer = new Answer(text, delivery, result.Ok ? result.Data["answer"]?["text"]?.GetValue<string>() ?? "" : null);
        LastAnswer = answer.Text;
        return answer;
    }

    /// <summary>Somebody does something that nobody answers; gives the message's id where there is one.</summary>
    public string? Acts(string who, string what, string channel, params (string Name, JsonNode? Value)[] more)
    {
        var act = Workspace.Act(new JsonObject([new("as", who), new("do", what), new("channel", channel), .. more.Select(one => KeyValuePair.Create(one.Name, one.Value))]));
        return act.Ok ? act.Data["ts"]?.GetValue<string>() : throw new InvalidOperationException($"{who} could not {what}: {act.Error}");
    }

    /// <summary>Keeps an answer which said that something is done: from now on it must be in the record.</summary>
    public void WasToldDone(Answer answer, IncidentId incident, bool byThisCommand = true)
    {
        hash ??= HashOf(Store);
        told.Enqueue(byThisCommand ? Invariants.Acknowledged.Command(answer.Typed, answer.Delivery, incident, hash) : new Acknowledged(answer.Typed, null, incident));
    }

    /// <summary>The record of an incident as the bot exports it; null when the bot is gone before the end of it.</summary>
    public async Task<byte[]?> ExportAsync(IncidentId incident)
    {
        try
        {
            return await Http.GetByteArrayAsync(new Uri(botAddress, $"/api/v1/incidents/{incident}/export"), Ct);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Slack tries again whatever the bot has not taken. It does so three times and no more, so minutes pass one after the other, and while
    /// the bot takes what it is sent: an overloaded machine would use up all of them at once.
    /// </summary>
    public async Task MinutesPassAsync()
    {
        if (Workspace.Look().Unacknowledged.Count > 0 && (passedAt is not { } last || TimeProvider.System.GetElapsedTime(last) > BetweenMinutes) && await Bot.IsReadyAsync())
        {
            slack.MinutesPass();
            passedAt = TimeProvider.System.GetTimestamp();
        }
    }

    /// <summary>It is that much later, for the bot and for Slack.</summary>
    public void LetPass(TimeSpan time)
    {
        slack.Ahead += time;
        Write(InFolder(PushedClock.File), slack.Ahead.ToString("c"));
    }

    public async Task<Look> LookAsync()
    {
        using var storage = Store.Open();
        var view = Workspace.Look();
        var evidence = new Evidence(storage, view, DefaultPolicy.Text) { Acknowledged = [.. told], Now = slack.Ahead > TimeSpan.Zero ? slack.GetUtcNow() : null };
        try
        {
            var record = await WholeRecord.ReadAsync(storage, Ct);
            return new Look(
                [.. InvariantCheck.Broken(record, evidence), .. view.Unacknowledged.Select(delivery => $"Slack still has event {delivery.EventId}.")],
                record,
                view,
                record.Streams.Sum(stream => stream.Raw.Count) + view.Channels.Sum(channel => channel.Messages.Sum(message => 1 + message.EarlierTexts.Count)));
        }
        catch (StoreException problem)
        {
            return new Look([$"The record cannot be read: {problem.Message}"], null, view, 0);
        }
    }

    /// <summary>Until nothing is under way.</summary>
    /// <param name="mayWait">Sentences of the checker about what only time can mend.</param>
    public async Task QuietAsync(Func<string, bool>? mayWait = null)
    {
        var patience = new Patience(TimeSpan.FromSeconds(30));
        while (await LookAsync() is var look && !look.Broken.All(sentence => mayWait?.Invoke(sentence) is true))
        {
            await MinutesPassAsync();
            Assert.False(patience.IsOver(look.Done), $"It is not quiet:\n{string.Join('\n', look.Broken)}\n{bot?.Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        }
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

    private WebApplication Host()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(slack);
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
        return new Dictionary<string, string>(Store.Settings)
        {
            ["Slack__SigningSecret"] = workspace.SigningSecret,
            ["Slack__BotToken"] = workspace.BotToken,
            ["Slack__ApiBaseUrl"] = $"{playground.Urls.First()}/playground/slack/api/",
            ["Slack__AnnounceChannel"] = "incidents",
            ["Api__Keys__0"] = ApiKey,

            // Time is pushed for the bot and for Slack, and the emulator of the store keeps the real one.
            ["Storage__ClockTolerance"] = "365.00:00:00",
            ["DOTNET_STARTUP_HOOKS"] = typeof(CrashWorld).Assembly.Location,
            [StartupHook.Folder] = hook,
            [StartupHook.Every] = CrashPlan.EveryRead ? "yes" : "",
        };
    }

    private static IKeyedHash HashOf(CrashStore store)
    {
        using var storage = store.Open();
        return storage.Hash;
    }

    // Moved into place, so that nobody reads half of it.
    private void Write(string path, string text)
    {
        File.WriteAllText(InFolder("writing"), text);
        File.Move(InFolder("writing"), path, overwrite: true);
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

/// <param name="Text">What they read; null when no answer came.</param>
internal sealed record Answer(string Typed, Delivery Delivery, string? Text)
{
    /// <summary>False when nobody knows whether it is done: no answer came, or the bot said that it does not know, since a store may be slow.</summary>
    public bool IsSure => Text is not null && !Text.StartsWith("Not confirmed", StringComparison.Ordinal);
}
