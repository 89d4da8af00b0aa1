using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>Hangfire and the reconciler each keep every reminder alone, wherever Hangfire has its jobs.</summary>
public abstract class Losing_one_of_two : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    // There is no reconciler: it is Hangfire that tells, filled from the due rows where its jobs died with the first process.
    [Fact]
    public async Task keeps_each_reminder_over_a_restart_without_the_reconciler()
    {
        var record = Path.Combine(folder, "record.db");
        var cadence = TimeSpan.FromSeconds(5);
        var settings = await SettingsAsync();
        await using (var before = await RemindingBot.StartAsync(record, cadence, reconciler: false, settings))
        {
            await before.TypesAsync("incidents", "declare Lights out");
        }

        Assert.Empty(await ReadAsync(record));
        await using var after = await RemindingBot.StartAsync(record, cadence, reconciler: false, settings);
        await after.UntilToldAsync(1);
        await after.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(after);
    }

    [Fact]
    public async Task keeps_the_reminder_when_Hangfires_storage_is_wiped_under_a_running_bot()
    {
        await using var bot = await RemindingBot.StartAsync(settings: await SettingsAsync());
        await bot.TypesAsync("incidents", "declare Lights out sev:1");
        await bot.UntilHangfireHasAsync(1);
        await WipeAsync(bot);

        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await bot.UntilToldAsync(1);

        Assert.Equal("update:1:0", Assert.Single(await bot.RemindersAsync()).Occurrence);
        Assert.Equal(1, await bot.ToldAsync());
    }

    // Hangfire lives by the system's clock and sees nothing of a demo clock that was moved, so this waits for real seconds. (A moved
    // clock is the reconciler's business: its own wait is on that clock.)
    [Fact]
    public async Task keeps_one_reminder_after_the_other_with_the_reconciler_off()
    {
        await using var bot = await RemindingBot.StartAsync(cadence: TimeSpan.FromSeconds(2), reconciler: false, settings: await SettingsAsync());
        await bot.TypesAsync("incidents", "declare Lights out");
        await bot.UntilToldAsync(3);
        await bot.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(bot);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Says where Hangfire has its jobs.</summary>
    protected abstract Task<string[]> SettingsAsync();

    private protected abstract Task WipeAsync(RemindingBot bot);

    private static async Task<IEnumerable<Fact>> ReadAsync(string record)
    {
        using var storage = SqliteStorage.OpenReadOnly(record);
        return (await storage.Streams.ReadAsync(new IncidentId(1).Stream, 0, 1000, Ct)).Entries.Select(entry => entry.Fact).OfType<ReminderFired>();
    }
}

public sealed class Losing_one_of_two_with_the_jobs_in_memory : Losing_one_of_two
{
    protected override Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);

    private protected override Task WipeAsync(RemindingBot bot)
    {
        bot.DeleteJobs();
        return Task.CompletedTask;
    }
}

[Collection(nameof(OnPostgreSql))]
public sealed class Losing_one_of_two_with_the_jobs_in_PostgreSQL(PostgreSqlCluster cluster) : Losing_one_of_two
{
    private string database = "";

    protected override async Task<string[]> SettingsAsync() => RemindingBot.On(database = await cluster.NewDatabaseAsync());

    private protected override Task WipeAsync(RemindingBot bot) => PostgreSqlCluster.WipeAsync(database);
}

internal static class Each
{
    /// <summary>No occurrence is on record twice, none between the first and the last is missing, and the room heard of each message once.</summary>
    public static async Task WasToldOnceAsync(RemindingBot bot)
    {
        var reminders = await bot.RemindersAsync();
        await bot.UntilToldAsync(reminders.Length);
        var occurrences = reminders.SelectMany(fired => fired.Missed.Append(fired.Occurrence)).ToArray();

        Assert.Equal(Enumerable.Range(0, occurrences.Length).Select(nth => $"update:1:{nth}"), occurrences);
        Assert.Equal(reminders.Length, await bot.ToldAsync());
    }
}
