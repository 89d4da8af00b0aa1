using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks;

/// <summary>The slowest answers at an even pace that leaves room to breathe.</summary>
internal static class Pacing
{
    private const int PerSecond = 500;
    private const int Seconds = 8;
    private const int Warm = 8_000;
    private const int Connections = 64;
    private const int Rooms = 20;

    public static async Task RunAsync(Plan plan)
    {
        await using var world = await World.StartAsync(StorageProvider.Sqlite, Rooms);
        await world.StopBotAsync();
        world.Store.Keep();
        List<(double Bot, double Floor)> rounds = [];
        for (var i = 1; i <= plan.Rounds; i++)
        {
            double floor;
            await using (var durable = await Floor.StartAsync(FloorServer.Durable))
            {
                floor = await SlowestAsync(world, durable.Address);
            }

            await world.StartBotAfreshAsync();
            rounds.Add((await SlowestAsync(world, world.Address), floor));
            Table.Say($"pacing {i}/{plan.Rounds}: floor {floor:0.0} ms, bot {rounds[^1].Bot:0.0} ms");
        }

        var ratio = rounds.Select(round => round.Bot / round.Floor).Median();
        Table.Row(
            "Answer at 500 events a second, open loop: p99", "SQLite", Table.Text($"{rounds.Select(round => round.Bot).Median():0.0} ms"),
            Table.Text($"{rounds.Select(round => round.Floor).Median():0.0} ms"), Table.Text($"≤ 2.00 of the durable floor: {ratio:0.00}"), ratio <= 2);
    }

    private static async Task<double> SlowestAsync(World world, Uri address)
    {
        (await Loop.ClosedAsync(address, world.Mail.Messages(Warm, world.Rooms), Connections)).All(200);
        var letters = world.Mail.Messages(PerSecond * Seconds, world.Rooms);
        var answers = await Loop.OpenAsync(address, letters.Length, PerSecond, Connections, i => letters[i]);
        return answers.All(200).Milliseconds.Quantile(0.99);
    }
}
