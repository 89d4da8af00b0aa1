using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Bot.Tests;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks;

/// <summary>From the start of the process to its first answer. The bot has an incident under way.</summary>
internal static class Starting
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task RunAsync(Plan plan)
    {
        await using var world = await World.StartAsync(StorageProvider.Sqlite, incidents: 1);
        await world.StopBotAsync();
        world.Store.Keep();
        List<(double Bot, double Ready, double Floor)> rounds = [];

        // One more than asked for: the first brings the files into memory and does not count.
        for (var i = 0; i <= plan.Rounds; i++)
        {
            var floor = await FloorAsync();
            var (live, ready) = await BotAsync(world);
            rounds.Add((live, ready, floor));
            Table.Say($"starting {i}/{plan.Rounds}: floor {floor:0} ms, bot live {live:0} ms, ready {ready:0} ms");
        }

        rounds.RemoveAt(0);
        var ratio = rounds.Select(round => round.Bot / round.Floor).Median();
        Table.Row(
            "Start of the process to its first answer", "SQLite", Table.Text($"{rounds.Select(round => round.Bot).Median():0} ms (ready {rounds.Select(round => round.Ready).Median():0} ms)"),
            Table.Text($"{rounds.Select(round => round.Floor).Median():0} ms"), Table.Text($"≤ 1.60 of Kestrel + JwtBearer: {ratio:0.00}"), ratio <= 1.6);
    }

    private static async Task<double> FloorAsync()
    {
        var port = LoopbackPort.Next();
        var began = Clock.GetTimestamp();
        await using var floor = ServerProcess.StartDotnet("ChatOpsIR.Benchmarks.dll", ServerProcess.ServerCore, ["bare-app", $"{port}"]);
        await floor.AnswersAsync(new Uri($"http://127.0.0.1:{port}/healthz/live"));
        return Clock.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<(double Live, double Ready)> BotAsync(World world)
    {
        world.Store.Restore();
        var began = Clock.GetTimestamp();
        world.BeginBot();
        await world.Bot.AnswersAsync(new Uri(world.Address, "/healthz/live"));
        var live = Clock.GetElapsedTime(began).TotalMilliseconds;
        await world.Bot.AnswersAsync(new Uri(world.Address, "/healthz/ready"));
        var ready = Clock.GetElapsedTime(began).TotalMilliseconds;
        await world.StopBotAsync();
        return (live, ready);
    }
}
