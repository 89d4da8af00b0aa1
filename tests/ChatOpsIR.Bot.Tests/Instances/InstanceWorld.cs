using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsIR.Bot.Tests.Crashes;
using ChatOpsIR.Bot.Tests.Invariants;
using ChatOpsIR.Bot.Tests.Reminders;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>
/// Three real bots behind a load balancer, as one would run them: one storage account, one PostgreSQL for Hangfire, one Slack workspace.
/// They are started once, for every test that puts them through something.
/// </summary>
public sealed partial class InstanceWorld(Azurite azurite) : IAsyncLifetime
{
    private const int Count = 3;
    private const string NotConfirmed = "Not confirmed";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenMinutes = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;
    private readonly PostgreSqlCluster cluster = new();
    private readonly SlackPatience slack = new();
    private readonly ConcurrentBag<Acknowledged> told = [];
    private WebApplication playground = null!;
    private TableSettings account = null!;
    private string database = "";

    internal IReadOnlyList<Instance> Instances { get; private set; } = [];

    internal LoadBalancer Balancer { get; private set; } = null!;

    internal SlackLine Line { get; } = new();

    internal Workspace Workspace => playground.Services.GetRequiredService<Workspace>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await cluster.InitializeAsync();
        database = await cluster.NewDatabaseAsync();
        account = await Accounts.SettingsAsync(azurite, TimeProvider.System);
        Balancer = await LoadBalancer.StartAsync(Ct);
        playground = Host();
        await playground.StartAsync(Ct);
        Instances = [.. Enumerable.Range(1, Count).Select(number => new Instance(number, Settings))];
        await AllServeAsync();
    }

    /// <summary>Starts whoever does not run, and lets each have its share again.</summary>
    internal Task AllServeAsync() => Task.WhenAll(Instances.Select(async instance =>
    {
        if (!instance.IsRunning)
        {
            await instance.StartAsync();
        }

        Balancer.PutIn(instance.Address);
    }));

    /// <summary>One more, whose clock is that far ahead. It has no share of what people do.</summary>
    internal Instance Ahead(TimeSpan time)
    {
        var hook = Directory.CreateDirectory(Path.Combine(folder, "hook"));
        File.WriteAllText(Path.Combine(folder, PushedClock.File), time.ToString("c"));
        return new Instance(Count + 1, number => new(Settings(number))
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(CrashWorld).Assembly.Location,
            [StartupHook.Folder] = hook.FullName,
        });
    }

    /// <summary>Somebody types a command, and types it again until it is confirmed; gives the answer.</summary>
    internal async Task<string> TypesAsync(string who, string channel, string text)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var act = Workspace.Act(new JsonObject { ["as"] = who, ["do"] = "command", ["channel"] = channel, ["text"] = text });
            var delivery = act.Delivery ?? throw new InvalidOperationException($"{text} went nowhere: {act.Error}");
            var answer = await playground.Services.GetRequiredService<DeliveryService>().AnswerToAsync(delivery, Ct);
            if (answer.Ok && answer.Data["answer"]?["text"]?.GetValue<string>() is { } said && !said.StartsWith(NotConfirmed, StringComparison.Ordinal))
            {
                return said;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"{text} was never confirmed.");
        }
    }

    /// <summary>Somebody declares an incident; gives it and the name of its war room.</summary>
    internal async Task<(IncidentId Incident, string Room)> DeclareAsync(string who, string title)
    {
        var said = await TypesAsync(who, "incidents", $"/incident declare {title} sev:2");
        var declared = IsDeclared().Match(said);
        Assert.True(declared.Success, said);
        var incident = new IncidentId(int.Parse(declared.Groups["number"].Value, CultureInfo.InvariantCulture));
        told.Add(new Acknowledged($"declare {title}", null, incident));
        return (incident, $"inc-{incident.Number}-{title.ToLowerInvariant().Replace(' ', '-')}");
    }

    /// <summary>Declares an incident and waits until everything that it promises is done.</summary>
    internal async Task<string> WarRoomAsync(string who, string title)
    {
        var (_, room) = await DeclareAsync(who, title);
        await AllIsRightAsync();
        return room;
    }

    /// <summary>Somebody says something in a room they are in.</summary>
    internal void Says(string who, string room, string text)
    {
        var act = Workspace.Act(new JsonObject { ["as"] = who, ["do"] = "message", ["channel"] = room, ["text"] = text });
        Assert.True(act.Ok, $"“{text}” could not be said: {act.Error}");
    }

    /// <summary>Lets Slack send events without waiting for those before them, so that one room is heard by several instances at once.</summary>
    internal void SendEventsSideBySide() => Assert.Null(Workspace.Chaos.Set(new JsonObject { ["reorder"] = 1 }));

    internal void SendEventsInOrder() => Assert.Null(Workspace.Chaos.Set(new JsonObject { ["calm"] = true }));

    /// <summary>Waits until nothing is under way and every invariant holds; Slack meanwhile tries again whatever was not taken.</summary>
    internal async Task AllIsRightAsync()
    {
        var passedAt = TimeProvider.System.GetTimestamp();
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (await BrokenAsync() is [_, ..] broken)
        {
            Assert.True(
                TimeProvider.System.GetUtcNow() < deadline,
                $"Still after {Patience}:\n{string.Join('\n', broken)}\n{string.Join('\n', Instances.Select(instance => $"Instance {instance.Number}:\n{instance.Said}"))}");
            if (TimeProvider.System.GetElapsedTime(passedAt) > BetweenMinutes)
            {
                // Slack tries three times and no more: on a busy machine minutes must not pass faster than they are used.
                slack.MinutesPass();
                passedAt = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(LookEvery, TimeProvider.System, Ct);
        }
    }

    /// <summary>Everything on record.</summary>
    internal async Task<WholeRecord> LookAsync()
    {
        using var storage = TableStorage.OpenReadOnly(account);
        return await WholeRecord.ReadAsync(storage, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in Instances)
        {
            await instance.DisposeAsync();
        }

        await playground.DisposeAsync();
        await Balancer.DisposeAsync();
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IReadOnlyList<string>> BrokenAsync()
    {
        using var storage = TableStorage.OpenReadOnly(account);
        var view = Workspace.Look();
        var broken = await InvariantCheck.BrokenAsync(new Evidence(storage, view, DefaultPolicy.Text) { Acknowledged = [.. told] }, Ct);
        return [.. broken, .. view.Unacknowledged.Select(delivery => $"Slack still has event {delivery.EventId}.")];
    }

    private WebApplication Host()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls($"http://127.0.0.1:{LoopbackPort.Next()}");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(slack);
        builder.Services.AddPlayground(builder.Environment, options =>
        {
            options.RateLimits = false;
            options.BotUrl = Balancer.Address.ToString();
        });
        var app = builder.Build();
        app.Use(Line.PassAsync);
        app.UseRouting();
        app.MapPlayground();
        return app;
    }

    private Dictionary<string, string> Settings(int instance)
    {
        var workspace = new PlaygroundOptions();
        return new Dictionary<string, string>
        {
            ["Organisation__Id"] = account.Organisation,
            ["Storage__Provider"] = "AzureTables",
            ["Storage__ConnectionString"] = account.ConnectionString!,
            ["Hangfire__Storage"] = "PostgreSql",
            ["Hangfire__ConnectionString"] = database,
            ["Slack__SigningSecret"] = workspace.SigningSecret,
            ["Slack__BotToken"] = workspace.BotToken,
            ["Slack__ApiBaseUrl"] = $"{playground.Urls.First()}{SlackLine.PathOf(instance)}",
            ["Slack__AnnounceChannel"] = "incidents",
        };
    }

    [GeneratedRegex("INC-(?<number>[0-9]+) is declared")]
    private static partial Regex IsDeclared();
}

/// <summary>Three bots keep two cores busy, and leases and answers have their seconds: nothing else may run beside these.</summary>
[CollectionDefinition(nameof(OnThreeInstances), DisableParallelization = true)]
public sealed class OnThreeInstances : ICollectionFixture<InstanceWorld>;
