using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>The real bot with its playground, driven over HTTP, with or without its reconciler, and with a cadence that a test can wait for.</summary>
internal sealed class RemindingBot : IAsyncDisposable
{
    private static readonly IncidentId One = new(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly HttpClient http;

    private RemindingBot(WebApplication app, Uri address)
    {
        this.app = app;
        http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="record">The database file; null for one in memory.</param>
    /// <param name="cadence">How often an update is due, in every severity; null as the policy says.</param>
    /// <param name="settings">More settings, as arguments.</param>
    /// <param name="shared">A record that another instance uses as well.</param>
    /// <param name="log">Where it also writes what it logs.</param>
    /// <param name="clock">The instance's own clock; not beside a playground.</param>
    public static async Task<RemindingBot> StartAsync(
        string? record = null, TimeSpan? cadence = null, bool reconciler = true, string[]? settings = null, RecordStorage? shared = null, TimeProvider? clock = null, LogLines? log = null)
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Next()}";
        var builder = WebApplication.CreateBuilder(
        [
            "--environment=Development", $"--urls={address}", $"--Storage:Path={record ?? ":memory:"}", "--Logging:LogLevel:Default=Warning", .. settings ?? [],
        ]);
        if (shared is not null)
        {
            builder.Services.AddSingleton(shared);
        }

        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        builder.Host.ConfigureContainer<IServiceCollection>((_, services) => Change(services, cadence, reconciler));
        var app = BotHost.Build(builder);
        await app.StartAsync(Ct);
        return new RemindingBot(app, new Uri(address));
    }

    /// <summary>Hangfire's jobs, as the bot has opened them.</summary>
    public JobStorage Jobs => app.Services.GetRequiredService<JobStorage>();

    public Uri Address => http.BaseAddress!;

    /// <summary>The settings with which Hangfire has its jobs in a database.</summary>
    public static string[] On(string database) => ["--Hangfire:Storage=PostgreSql", $"--Hangfire:ConnectionString={database}"];

    public async Task TypesAsync(string channel, string line)
    {
        var act = new JsonObject { ["as"] = "mara", ["do"] = "command", ["channel"] = channel, ["text"] = $"/incident {line}" };
        using var answer = await http.PostAsJsonAsync("/playground/api/act", act, Ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        using var answer = await http.PostAsJsonAsync("/playground/api/clock", new { advanceSeconds = by.TotalSeconds }, Ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until Hangfire has so many jobs that are not due yet, and with them everything it was asked for.</summary>
    public Task UntilHangfireHasAsync(int jobs) =>
        UntilAsync($"Hangfire never had {jobs} jobs.", () => Task.FromResult(Jobs.GetMonitoringApi().ScheduledCount() >= jobs));

    /// <summary>Takes away every job that Hangfire has.</summary>
    public void DeleteJobs()
    {
        var client = new BackgroundJobClient(Jobs);
        foreach (var job in Jobs.GetMonitoringApi().ScheduledJobs(0, 1000))
        {
            client.Delete(job.Key);
        }
    }

    /// <summary>How many instances run Hangfire's jobs.</summary>
    public int Servers() => Jobs.GetMonitoringApi().Servers().Count;

    public async Task<bool> IsReadyAsync()
    {
        using var answer = await http.GetAsync("/healthz/ready", Ct);
        return answer.IsSuccessStatusCode;
    }

    public Task UntilReadyAsync() => UntilAsync("The bot never was ready.", IsReadyAsync);

    /// <summary>The reminders on record.</summary>
    public async Task<ImmutableArray<ReminderFired>> RemindersAsync() => [.. (await EntriesAsync()).Select(entry => entry.Fact).OfType<ReminderFired>()];

    /// <summary>How often the war room was told that an update was due.</summary>
    public async Task<int> ToldAsync() => (await EntriesAsync()).Select(entry => entry.Fact).OfType<ChatRecord>()
        .Count(said => said.Kind is ChatKind.Message && said.Text?.Contains("The status update", StringComparison.Ordinal) == true);

    /// <summary>Waits until as many reminders were told in the room as that.</summary>
    public Task UntilToldAsync(int reminders) => UntilAsync($"Reminder {reminders} never came.", async () => await ToldAsync() >= reminders);

    public static async Task UntilAsync(string otherwise, Func<Task<bool>> isSo)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private static void Change(IServiceCollection services, TimeSpan? cadence, bool reconciler)
    {
        if (cadence is { } every)
        {
            var policy = DefaultPolicy.Text;
            services.AddSingleton(policy with
            {
                Severities = [.. policy.Severities.Select(severity => severity with { Cadence = every, Grace = TimeSpan.FromHours(1) })],
            });
        }

        if (!reconciler)
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(Reconciler)));
        }
    }

    private async Task<ImmutableArray<Entry>> EntriesAsync() =>
        (await app.Services.GetRequiredService<IStreamStore>().ReadAsync(One.Stream, 0, 1000, Ct)).Entries;
}
