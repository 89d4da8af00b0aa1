using System.Diagnostics;
using ChatOpsIR.Bot.Reminders;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOpsIR.Bot.Tests.Reminders;

[CollectionDefinition(nameof(A_thousand_reminders_in_one_second), DisableParallelization = true)]
public sealed class MeasuredOnPostgreSql : ICollectionFixture<PostgreSqlCluster>;

/// <summary>The record lies on the disk, the reconciler is off, and the chat product answers at once: what is measured is the bot.</summary>
[Collection(nameof(A_thousand_reminders_in_one_second))]
public sealed class A_thousand_reminders_in_one_second(PostgreSqlCluster cluster, ITestOutputHelper output) : IDisposable
{
    private const int Incidents = 1000;
    private const int AtOnce = 50;
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Cadence = TimeSpan.FromHours(1);
    private static readonly PersonId Ada = new(CountingPlatform.Product, "house", "ada");

    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;
    private readonly CountingPlatform chat = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task are_all_handed_over_within_five_seconds_with_the_jobs_in_memory() => MeasureAsync([]);

    [Fact]
    public async Task are_all_handed_over_within_five_seconds_with_the_jobs_in_PostgreSQL() => await MeasureAsync(RemindingBot.On(await cluster.NewDatabaseAsync()));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task MeasureAsync(string[] settings)
    {
        await using var bot = await StartAsync(settings);
        var watch = Stopwatch.StartNew();

        // Declared as of a moment of which the cadence ends at one second, once everything stands.
        var due = DueRow.BucketOf(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(15));
        await DeclareAsync(bot.Services.GetRequiredService<IDesk>(), due - Cadence);
        output.WriteLine($"{Incidents} incidents were declared in {watch.Elapsed.TotalSeconds:N1} s.");
        Assert.True(TimeProvider.System.GetUtcNow() < due - TimeSpan.FromSeconds(1), "The incidents were not there in time.");

        await RemindingBot.UntilAsync("Not everybody was reminded.", () => Task.FromResult(chat.Reminded.Count == Incidents));
        var times = chat.Reminded.Values.Select(at => (at - due).TotalSeconds).Order().ToArray();
        output.WriteLine($"Handed over after the due second: the first {times[0]:N2} s, half {times[Incidents / 2]:N2} s, the last {times[^1]:N2} s.");
        Assert.True(times[0] >= 0);
        Assert.True(times[^1] < Goal.TotalSeconds, $"The last of {Incidents} was handed over after {times[^1]:N2} s.");
        await bot.StopAsync(CancellationToken.None);
    }

    private async Task<WebApplication> StartAsync(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(
        [
            "--environment=Production", "--urls=http://127.0.0.1:0", $"--Storage:Path={Path.Combine(folder, "record.db")}", "--Logging:LogLevel:Default=Warning", .. settings,
        ]);
        builder.Host.ConfigureContainer<IServiceCollection>((_, services) =>
        {
            services.AddSingleton<IChatPlatform>(chat);
            var policy = DefaultPolicy.Text;
            services.AddSingleton(policy with { Severities = [.. policy.Severities.Select(severity => severity with { Cadence = Cadence, Grace = Cadence })] });
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(Reconciler)));
        });
        var bot = BotHost.Build(builder);
        await bot.StartAsync(Ct);
        return bot;
    }

    private static async Task DeclareAsync(IDesk desk, DateTimeOffset at)
    {
        foreach (var some in Enumerable.Range(1, Incidents).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(nth => desk.SayAsync(
                new Said(Ada, null, [new TextPiece($"declare Lamp {nth} is out")], $"test:{nth}", at), Ct)));
        }
    }
}
