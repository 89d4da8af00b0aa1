using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Reminders;

public sealed class Reminders_with_Hangfires_storage_wiped : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The jobs lived in the memory of the first process. The second has no reconciler: it is Hangfire, filled from the due rows, that tells.
    [Fact]
    public async Task come_after_a_restart_each_once()
    {
        var record = Path.Combine(folder, "record.db");
        var cadence = TimeSpan.FromSeconds(6);
        await using (var before = await RemindingBot.StartAsync(record, cadence, reconciler: false))
        {
            await before.TypesAsync("incidents", "declare Lights out");
        }

        Assert.Empty(await ReadAsync(record));
        await using var after = await RemindingBot.StartAsync(record, cadence, reconciler: false);
        await after.UntilToldAsync(1);
        await after.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(after);
    }

    [Fact]
    public async Task come_by_the_reconciler_when_it_is_wiped_under_a_running_bot()
    {
        await using var bot = await RemindingBot.StartAsync();
        await bot.TypesAsync("incidents", "declare Lights out sev:1");
        Assert.NotEqual(0, bot.WipeHangfire());

        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await bot.UntilToldAsync(1);

        Assert.Equal("update:1:0", Assert.Single(await bot.RemindersAsync()).Occurrence);
        Assert.Equal(1, await bot.ToldAsync());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<IEnumerable<Fact>> ReadAsync(string record)
    {
        using var storage = SqliteStorage.OpenReadOnly(record);
        return (await storage.Streams.ReadAsync(new IncidentId(1).Stream, 0, 1000, Ct)).Entries.Select(entry => entry.Fact).OfType<ReminderFired>();
    }
}

public sealed class Reminders_with_the_reconciler_off
{
    // Hangfire lives by the system's clock and sees nothing of a demo clock that was moved, so this waits for real seconds. (A moved
    // clock is the reconciler's business: its own wait is on that clock.)
    [Fact]
    public async Task come_by_Hangfire_alone_one_after_the_other_and_each_once()
    {
        await using var bot = await RemindingBot.StartAsync(cadence: TimeSpan.FromSeconds(2), reconciler: false);
        await bot.TypesAsync("incidents", "declare Lights out");
        await bot.UntilToldAsync(3);
        await bot.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(bot);
    }
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
