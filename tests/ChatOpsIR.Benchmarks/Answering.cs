using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks;

/// <summary>Throughput and processor time of the answer path on one core, in a closed loop.</summary>
internal static class Answering
{
    private const int Connections = 64;
    private const int Rooms = 20;
    private const int Many = 20_000;
    private const int WarmAtOnce = 4_000;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Plan plan)
    {
        await using var world = await World.StartAsync(StorageProvider.Sqlite, Rooms);
        await world.StopBotAsync();
        world.Store.Keep();
        List<Round> rounds = [];
        for (var i = 1; i <= plan.Rounds; i++)
        {
            var round = await RoundAsync(world);
            rounds.Add(round);
            Table.Say($"answering {i}/{plan.Rounds}: check {round.Check}, forged {round.CheckForged}, durable {round.Durable}; bot recorded {round.Recorded}, no room {round.NoRoom}, forged {round.Forged}");
        }

        Compare("Recorded before answered: events a second", "SQLite", rounds, round => round.Recorded, round => round.Durable, "≥ 0.60 of the durable floor", atLeast: 0.6);
        Compare("Event of no room: events a second", "SQLite (found absent)", rounds, round => round.NoRoom, round => round.Check, "≥ 0.60 of the bare check", atLeast: 0.6);
        Compare("Forged event: refusals a second", "–", rounds, round => round.Forged, round => round.CheckForged, "≥ 0.60 of the bare check", atLeast: 0.6);
        var ratio = rounds.Select(round => round.Recorded.Cpu / round.Durable.Cpu).Median();
        Table.Row(
            "Recorded before answered: processor time of one event", "SQLite", Table.Text($"{rounds.Select(round => round.Recorded.Cpu).Median():0} µs"),
            Table.Text($"{rounds.Select(round => round.Durable.Cpu).Median():0} µs"), Table.Text($"≤ 1.70 of the durable floor: {ratio:0.00}"), ratio <= 1.7);
    }

    private static void Compare(string what, string store, List<Round> rounds, Func<Round, Speed> bot, Func<Round, Speed> floor, string goal, double atLeast)
    {
        var ratio = rounds.Select(round => bot(round).PerSecond / floor(round).PerSecond).Median();
        Table.Row(
            what, store, Table.Text($"{rounds.Select(round => bot(round).PerSecond).Median():0}/s"),
            Table.Text($"{rounds.Select(round => floor(round).PerSecond).Median():0}/s"), Table.Text($"{goal}: {ratio:0.00}"), ratio >= atLeast);
    }

    private static async Task<Round> RoundAsync(World world)
    {
        var strangers = new[] { "C0NOBODYS1" };
        Speed check, checkForged, durable;
        await using (var floor = await Floor.StartAsync(FloorServer.Check))
        {
            check = await MeasureAsync(floor.Server, floor.Address, many => world.Mail.Messages(many, strangers), 200);
            checkForged = await MeasureAsync(floor.Server, floor.Address, many => world.Mail.Messages(many, strangers, forged: true), 401);
        }

        await using (var floor = await Floor.StartAsync(FloorServer.Durable))
        {
            durable = await MeasureAsync(floor.Server, floor.Address, many => world.Mail.Messages(many, world.Rooms), 200);
        }

        await world.StartBotAfreshAsync();
        var recorded = await MeasureAsync(world.Bot, world.Address, many => world.Mail.Messages(many, world.Rooms), 200);
        var noRoom = await MeasureAsync(world.Bot, world.Address, many => world.Mail.Messages(many, strangers), 200);
        var forged = await MeasureAsync(world.Bot, world.Address, many => world.Mail.Messages(many, world.Rooms, forged: true), 401);
        await world.StopBotAsync();
        return new Round(check, checkForged, durable, recorded, noRoom, forged);
    }

    // Warm first: what is measured is a bot that has been running, with its code compiled for good.
    private static async Task<Speed> MeasureAsync(ServerProcess server, Uri address, Func<int, IReadOnlyList<Letter>> write, int status)
    {
        var clock = Stopwatches.Start();
        while (clock.Seconds < Warm.TotalSeconds)
        {
            (await Loop.ClosedAsync(address, write(WarmAtOnce), Connections)).All(status);
        }

        var letters = write(Many);
        var before = server.Cpu;
        var answers = (await Loop.ClosedAsync(address, letters, Connections)).All(status);
        return new Speed(answers.PerSecond, (server.Cpu - before).TotalMicroseconds / Many);
    }

    private sealed record Round(Speed Check, Speed CheckForged, Speed Durable, Speed Recorded, Speed NoRoom, Speed Forged);

    /// <param name="Cpu">Microseconds of processor time for each request.</param>
    private sealed record Speed(double PerSecond, double Cpu)
    {
        public override string ToString() => Table.Text($"{PerSecond:0}/s {Cpu:0.0} µs");
    }
}
