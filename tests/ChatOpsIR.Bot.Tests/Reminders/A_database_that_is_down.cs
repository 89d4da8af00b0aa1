using System.Diagnostics;

namespace ChatOpsIR.Bot.Tests.Reminders;

[Collection(nameof(OnPostgreSql))]
public sealed class A_database_that_is_down(PostgreSqlCluster cluster, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2);

    /// <summary>Every process of Hangfire has tried more than once by then.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(8);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task under_a_running_bot_delays_no_answer_and_loses_no_reminder()
    {
        await using var bot = await RemindingBot.StartAsync(settings: RemindingBot.On(await cluster.NewDatabaseAsync()));
        await bot.TypesAsync("incidents", "declare Lights out sev:1");
        await bot.UntilHangfireHasAsync(1);
        await cluster.KillAsync();

        // Each of these makes something due at another time, for which Hangfire is to be woken.
        await AnswersInTimeAsync(bot, "incidents", "declare Doors shut sev:2");
        await AnswersInTimeAsync(bot, "inc-1-lights-out", "severity 2");
        await AnswersInTimeAsync(bot, "inc-1-lights-out", "severity 1");
        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await bot.UntilToldAsync(1);

        Assert.Single(await bot.RemindersAsync());
        Assert.True(await bot.IsReadyAsync());
    }

    [Fact]
    public async Task at_the_start_delays_no_answer_and_loses_no_reminder()
    {
        var database = await cluster.NewDatabaseAsync();
        await cluster.KillAsync();
        await using var bot = await RemindingBot.StartAsync(settings: RemindingBot.On(database));

        await AnswersInTimeAsync(bot, "incidents", "declare Lights out sev:1");
        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await bot.UntilToldAsync(1);
        await bot.UntilReadyAsync();
    }

    [Fact]
    public async Task at_the_start_is_said_once_although_there_is_no_work_and_once_more_when_it_is_back()
    {
        var database = await cluster.NewDatabaseAsync();
        await cluster.KillAsync();
        using var log = new LogLines();
        await using var bot = await RemindingBot.StartAsync(settings: RemindingBot.On(database), log: log);
        await RemindingBot.UntilAsync("Nobody said that the database is down.", () => Task.FromResult(Lines(log).Count > 0));
        await Task.Delay(LongEnough, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.StartsWith("Warning: The database of Hangfire's jobs does not answer (", Assert.Single(Lines(log)), StringComparison.Ordinal);

        await cluster.StartAsync();
        await RemindingBot.UntilAsync("Nobody said that the database is back.", () => Task.FromResult(Lines(log).Count > 1));
        await RemindingBot.UntilAsync("Hangfire never began.", () => Task.FromResult(bot.Servers() > 0));
        await cluster.KillAsync();
        await RemindingBot.UntilAsync("Nobody said that the database is down again.", () => Task.FromResult(Lines(log).Count > 2));
        await Task.Delay(LongEnough, TimeProvider.System, TestContext.Current.CancellationToken);

        output.WriteLine(string.Join('\n', Lines(log)));
        Assert.Equal(3, Lines(log).Count);
        Assert.StartsWith("Warning: The database of Hangfire's jobs answers again, after ", Lines(log)[1], StringComparison.Ordinal);
        Assert.StartsWith("Warning: The database of Hangfire's jobs does not answer (", Lines(log)[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task and_comes_back_is_used_again_without_a_restart()
    {
        var database = await cluster.NewDatabaseAsync();
        await cluster.KillAsync();
        await using var bot = await RemindingBot.StartAsync(cadence: TimeSpan.FromSeconds(2), reconciler: false, settings: RemindingBot.On(database));
        await bot.TypesAsync("incidents", "declare Lights out");

        await BackAsync(bot, 1);
        await cluster.KillAsync();
        await BackAsync(bot, (await bot.RemindersAsync()).Length + 1);
        await bot.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(bot);
    }

    public async ValueTask DisposeAsync()
    {
        if (!cluster.IsRunning)
        {
            await cluster.StartAsync();
        }
    }

    // A busy machine has the web server complain that its own heart beats slowly.
    private static List<string> Lines(LogLines log) => [.. log.Lines.Where(line => !line.Contains("heartbeat", StringComparison.OrdinalIgnoreCase))];

    private async Task BackAsync(RemindingBot bot, int reminders)
    {
        await cluster.StartAsync();
        var watch = Stopwatch.StartNew();
        await bot.UntilToldAsync(reminders);
        output.WriteLine($"Hangfire told again {watch.Elapsed.TotalSeconds:N1} s after the database was back.");
    }

    private async Task AnswersInTimeAsync(RemindingBot bot, string channel, string line)
    {
        var watch = Stopwatch.StartNew();
        await bot.TypesAsync(channel, line);
        output.WriteLine($"“{line}” was answered in {watch.Elapsed.TotalMilliseconds:N0} ms.");
        Assert.True(watch.Elapsed < InTime, $"“{line}” was answered in {watch.Elapsed}.");
    }
}
