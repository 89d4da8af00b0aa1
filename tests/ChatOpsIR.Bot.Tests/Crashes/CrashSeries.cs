using System.Collections.Concurrent;
using System.Globalization;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// One order, carried out again and again, with the bot dying one point later each time, until it has finished before it came to its
/// point. The bot's lanes run side by side, so that no two runs are alike: a kind of step that no run died at is sought out by name.
/// </summary>
internal sealed class CrashSeries(Order order, ITestOutputHelper output)
{
    private const int Lanes = 2;
    private const int LivesAtTheEnd = 3;
    private const int TriesByName = 5;
    public static readonly TimeSpan FinishedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuietFor = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentBag<CrashRun> runs = [];
    private Template? template;
    private int next;
    private int lived;

    public IReadOnlyList<CrashRun> Runs => [.. runs.OrderBy(run => run.Point)];

    public IEnumerable<CrashRun> Killed => Runs.Where(run => run.Killed is not null);

    /// <summary>Kinds of steps that belong to the order, since most runs in which the bot lived came by them, and that no run died at.</summary>
    public IReadOnlyList<string> Spared
    {
        get
        {
            var whole = Runs.Where(run => run.Killed is null).ToList();
            return [.. whole.SelectMany(run => run.Reached.Select(KindOf).Distinct()).GroupBy(kind => kind)
                .Where(kind => kind.Count() * 2 > whole.Count).Select(kind => kind.Key)
                .Except(Killed.Select(run => KindOf(run.Killed!))).Order(StringComparer.Ordinal)];
        }
    }

    private bool Goes => Volatile.Read(ref lived) < LivesAtTheEnd;

    public async Task RunAsync()
    {
        template = await order.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => WorkAsync()));
        for (var tries = 0; tries < TriesByName && Spared is [_, ..] spared; tries++)
        {
            foreach (var kind in spared)
            {
                await using var world = await CrashWorld.StartAsync(template);
                await KeepAsync(world, Interlocked.Increment(ref next), $"{kind}#1");
            }
        }

        Tell();
    }

    private static string KindOf(string point) => point.Split('#')[0];

    private async Task WorkAsync()
    {
        while (Goes)
        {
            await using var world = await CrashWorld.StartAsync(template);
            while (await NextAsync(world))
            {
            }
        }
    }

    // True when the next order may be given in the same world.
    private async Task<bool> NextAsync(CrashWorld world)
    {
        var number = Interlocked.Increment(ref next);
        var run = await KeepAsync(world, number, number.ToString(CultureInfo.InvariantCulture));
        if (run.Killed is null)
        {
            Interlocked.Increment(ref lived);
        }

        return world.Orders < order.OrdersPerWorld && run.Killed is not null && Goes;
    }

    private async Task<CrashRun> KeepAsync(CrashWorld world, int number, string point)
    {
        var run = await RunAsync(world, number, point);
        runs.Add(run);
        output.WriteLine($"{run.Point}: {run.Killed ?? "lived"}, {(run.Killed is null ? "" : $"finished after {run.Finished?.TotalSeconds:0.0} s, ")}{run.Violations.Count} violations");
        return run;
    }

    private async Task<CrashRun> RunAsync(CrashWorld world, int number, string point)
    {
        world.Orders++;
        world.Arm(point);
        var answered = await order.AskAsync(world);
        while (await SurvivesAsync(world) && !answered)
        {
            // It lives and could not confirm in time, as on a busy machine: the point to die at is still ahead.
            answered = await order.LookAndAskAgainAsync(world);
        }

        var reached = world.Reached;
        var killed = world.Bot.Ended.IsCompleted ? reached[^1] : null;
        var restarted = TimeProvider.System.GetTimestamp();
        if (killed is not null)
        {
            await world.RestartAsync();
        }

        var done = answered || await AskAgainAsync(world, restarted);
        var finished = await FinishAsync(world, restarted);
        IReadOnlyList<string> violations = [.. await ViolationsAsync(world), .. done ? Array.Empty<string>() : [$"Nobody was told that it is done, only: {world.LastAnswer ?? "nothing"}"]];
        return new CrashRun(number, killed, finished, reached, violations, world.Bot.Said);
    }

    private async Task<bool> AskAgainAsync(CrashWorld world, long restarted)
    {
        while (TimeProvider.System.GetElapsedTime(restarted) < FinishedWithin)
        {
            if (await order.LookAndAskAgainAsync(world))
            {
                return true;
            }

            await Task.Delay(LookEvery, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return false;
    }

    // The bot dies, or it finishes and stays quiet.
    private static async Task<bool> SurvivesAsync(CrashWorld world)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!world.Bot.Ended.IsCompleted)
        {
            var before = world.Reached.Count;
            if ((await world.BrokenAsync()).Count == 0 || TimeProvider.System.GetElapsedTime(start) > FinishedWithin)
            {
                await Task.WhenAny(world.Bot.Ended, Task.Delay(QuietFor, TimeProvider.System));
                if (!world.Bot.Ended.IsCompleted && before == world.Reached.Count)
                {
                    return true;
                }
            }

            await Task.WhenAny(world.Bot.Ended, Task.Delay(LookEvery, TimeProvider.System));
        }

        return false;
    }

    // From the restart until nothing is missing any more; null when that takes too long.
    private static async Task<TimeSpan?> FinishAsync(CrashWorld world, long restarted)
    {
        while (TimeProvider.System.GetElapsedTime(restarted) < FinishedWithin + FinishedWithin)
        {
            world.MinutesPass();
            var elapsed = TimeProvider.System.GetElapsedTime(restarted);
            if ((await world.BrokenAsync()).Count == 0)
            {
                // What comes late must not spoil it.
                await Task.Delay(QuietFor, TimeProvider.System, TestContext.Current.CancellationToken);
                return elapsed;
            }

            await Task.Delay(LookEvery, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> ViolationsAsync(CrashWorld world) => [.. await world.BrokenAsync(), .. await order.BrokenAsync(world)];

    private void Tell()
    {
        var killed = Killed.ToList();
        output.WriteLine($"{order.GetType().Name}: the bot died at {killed.Count} points of {killed.Select(run => KindOf(run.Killed!)).Distinct().Count()} kinds; {Runs.Count - killed.Count} runs ended before their point.");
        output.WriteLine($"Worst time from restart to finished: {killed.Max(run => run.Finished)?.TotalSeconds:0.0} s; violations: {Runs.Sum(run => run.Violations.Count)}.");
        foreach (var run in killed.OrderByDescending(run => run.Finished ?? TimeSpan.MaxValue).Take(5))
        {
            output.WriteLine($"  {run.Point}, {run.Killed}: {run.Finished?.TotalSeconds:0.0} s");
        }

        foreach (var run in Runs.Where(run => run.Violations.Count > 0 || (run.Killed is not null && run.Finished is null)))
        {
            output.WriteLine($"At point {run.Point}, {run.Killed}:\n  {string.Join("\n  ", run.Violations)}\n{run.Log}");
        }
    }
}

/// <param name="Point">Counted from 1.</param>
/// <param name="Killed">Where the bot died; null when it lived.</param>
/// <param name="Finished">From the restart until all was as it should be; null when that took too long.</param>
internal sealed record CrashRun(
    int Point, string? Killed, TimeSpan? Finished, IReadOnlyList<string> Reached, IReadOnlyList<string> Violations, string Log);
