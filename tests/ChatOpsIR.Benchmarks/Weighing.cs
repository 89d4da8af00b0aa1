using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks;

/// <summary>The memory that a process holds under load: at an even pace first, then saturated. The same letters go to Bolt and to the bot.</summary>
internal static class Weighing
{
    private const int PerSecond = 500;
    private const int Seconds = 8;
    private const int Many = 20_000;
    private const int WarmAtOnce = 4_000;
    private const int Connections = 64;
    private const int Rooms = 20;
    private const int BytesPerMegabyte = 1_000_000;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Plan plan)
    {
        await using var world = await World.StartAsync(StorageProvider.Sqlite, Rooms);
        await world.StopBotAsync();
        world.Store.Keep();
        List<(Weight Bot, Weight Bolt)> rounds = [];
        for (var i = 1; i <= plan.Rounds; i++)
        {
            Weight bolt;
            await using (var floor = await Floor.StartBoltAsync())
            {
                bolt = await WeighAsync(world, floor.Server, floor.Address);
            }

            await world.StartBotAfreshAsync();
            rounds.Add((await WeighAsync(world, world.Bot, world.Address), bolt));
            await world.StopBotAsync();
            Table.Say($"weighing {i}/{plan.Rounds}: Bolt {bolt}; bot {rounds[^1].Bot}");
        }

        Compare(Table.Text($"Memory at {PerSecond} message events a second, open loop"), rounds, weight => weight.Paced);
        Compare("Memory at as many message events as it can take, closed loop", rounds, weight => weight.Saturated);
        Print("The same: the most it ever held", rounds, " MB", weight => weight.Most);
        Print("The same: events a second; the bot records them, Bolt stores nothing", rounds, "/s", weight => weight.PerSecond);
        Print("The same: processor time of one event", rounds, " µs", weight => weight.Cpu);
    }

    private static void Compare(string what, List<(Weight Bot, Weight Bolt)> rounds, Func<Weight, double> figure)
    {
        var ratio = rounds.Select(round => figure(round.Bot) / figure(round.Bolt)).Median();
        Print(what, rounds, " MB", figure, Table.Text($"below Bolt's: {ratio:0.00}"), ratio < 1);
    }

    private static void Print(string what, List<(Weight Bot, Weight Bolt)> rounds, string unit, Func<Weight, double> figure, string goal = "", bool? met = null) => Table.Row(
        what, "SQLite", Table.Text($"{rounds.Select(round => figure(round.Bot)).Median():0}{unit}"), Table.Text($"{rounds.Select(round => figure(round.Bolt)).Median():0}{unit}"), goal, met);

    private static async Task<Weight> WeighAsync(World world, ServerProcess server, Uri address)
    {
        await PacedAsync((int)Warm.TotalSeconds);
        var (_, paced) = await WhileAsync(server, PacedAsync(Seconds));

        var clock = Stopwatches.Start();
        while (clock.Seconds < Warm.TotalSeconds)
        {
            await SaturatedAsync(world.Mail.Messages(WarmAtOnce, world.Rooms));
        }

        var letters = world.Mail.Messages(Many, world.Rooms);
        var before = server.Cpu;
        var (answers, saturated) = await WhileAsync(server, SaturatedAsync(letters));
        return new Weight(paced, saturated, (double)server.TryMostMemory() / BytesPerMegabyte, answers.PerSecond, (server.Cpu - before).TotalMicroseconds / Many);

        async Task<Answers> PacedAsync(int seconds) =>
            (await Loop.OpenAsync(address, PerSecond * seconds, PerSecond, Connections, i => world.Mail.Message(world.Rooms[i % Rooms]))).All(200);

        async Task<Answers> SaturatedAsync(Letter[] mail) => (await Loop.ClosedAsync(address, mail, Connections)).All(200);
    }

    // The median of what it holds while the load runs, in megabytes.
    private static async Task<(Answers Answers, double Memory)> WhileAsync(ServerProcess server, Task<Answers> load)
    {
        List<double> samples = [];
        while (!load.IsCompleted)
        {
            samples.Add((double)server.Memory / BytesPerMegabyte);
            await Task.WhenAny(load, Task.Delay(Every, TimeProvider.System));
        }

        return (await load, samples.Median());
    }

    /// <param name="Paced">Megabytes at the even pace.</param>
    /// <param name="Saturated">Megabytes in the closed loop.</param>
    /// <param name="Most">Megabytes at most, since the start.</param>
    /// <param name="Cpu">Microseconds of processor time for each event of the closed loop.</param>
    private sealed record Weight(double Paced, double Saturated, double Most, double PerSecond, double Cpu)
    {
        public override string ToString() => Table.Text($"{Paced:0} MB paced, {Saturated:0} MB saturated, {Most:0} MB at most, {PerSecond:0}/s {Cpu:0} µs");
    }
}
