using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Servers;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Benchmarks;

/// <summary>A store that stands still for a while under load: what cannot be recorded is refused in time, and nothing acknowledged is lost.</summary>
internal static class Stalling
{
    private const int PerSecond = 1_000;
    private const int Rooms = 20;
    private const int Connections = 4_000;
    private const double LatestAnswer = 2_500;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(Plan plan)
    {
        await using var world = await World.StartAsync(plan.Store, Rooms);
        await WarmAsync(world);
        var letters = world.Mail.Messages(PerSecond * (int)(Before + Stall + After).TotalSeconds, world.Rooms);
        var load = Loop.OpenAsync(world.Address, letters.Length, PerSecond, Connections, i => letters[i]);
        await Task.Delay(Before, TimeProvider.System);
        await StallAsync(world.Store);
        var answers = await load;

        var byStatus = string.Join(", ", answers.Statuses.CountBy(status => status).OrderBy(status => status.Key).Select(status => Table.Text($"{status.Value} × {status.Key}")));
        var missing = await world.MissingAsync(letters, answers);
        var slowest = answers.Milliseconds.Max();
        var onlyThose = Array.TrueForAll(answers.Statuses, status => status is 200 or 503);
        Table.Row(
            Table.Text($"{PerSecond} events/s while the store stands still for {Stall.TotalSeconds:0} s: slowest answer"), world.Store.Name,
            Table.Text($"{slowest:0} ms ({byStatus})"), "–", "≤ 2,500 ms, 200 or 503", slowest <= LatestAnswer && onlyThose);
        Table.Row("The same: acknowledged and missing from the record", world.Store.Name, Table.Text($"{missing}"), "–", "0", missing == 0);

        // Of the last second, when the store had been back for a while.
        var last = answers.Statuses[^PerSecond..].Count(status => status == 200);
        Table.Row("The same: acknowledged again in the last second, without help", world.Store.Name, Table.Text($"{last} of {PerSecond}"), "–", "all", last == PerSecond);
    }

    private static async Task WarmAsync(World world)
    {
        // At the pace that is to come, so that the first second is not that of a cold process.
        var letters = world.Mail.Messages(PerSecond * 4, world.Rooms);
        await Loop.OpenAsync(world.Address, letters.Length, PerSecond, 64, i => letters[i]);
    }

    private static async Task StallAsync(Store store)
    {
        if (store.Azurite is { } azurite)
        {
            await azurite.Process.SignalAsync("STOP");
            await Task.Delay(Stall, TimeProvider.System);
            await azurite.Process.SignalAsync("CONT");
            return;
        }

        // Another program holds the database's one write lock.
        await using var other = new SqliteConnection($"Data Source={store.Path};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.BeginTransaction(deferred: false);
        await Task.Delay(Stall, TimeProvider.System);
        await hold.RollbackAsync();
    }
}
