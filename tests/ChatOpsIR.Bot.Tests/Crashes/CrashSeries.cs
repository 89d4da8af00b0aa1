using System.Collections.Concurrent;
using System.Globalization;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>
/// One order, carried out again and again, with the bot dying at another point each time. The bot's lanes run side by side, so that no two
/// runs are alike: in a series of all points, a kind of step that no run died at is sought out by name.
/// </summary>
internal sealed class CrashSeries(CrashPlan plan, Azurite azurite, ITestOutputHelper output)
{
    private const string Never = "0";
    private const int LivesAtTheEnd = 3;
    private const int TriesByName = 5;

    private readonly ConcurrentBag<CrashRun> runs = [];
    private int next;
    private int counted;
    private int lived;

    public IReadOnlyList<CrashRun> Runs => [.. runs.OrderBy(run => run.Point)];

    public IEnumerable<CrashRun> Killed => Runs.Where(run => run.Killed is not null);

    /// <summary>Kinds of steps that belong to the order, since most runs in which the bot lived came by them, and that no run died at.</summary>
    public IReadOnlyList<string> Spared
    {
        get
        {
            var whole = Runs.Where(run => run.Killed is null).ToList();
            return [.. whole.SelectMany(run => run.Reached.Select(CrashRun.KindOf).Distinct()).GroupBy(kind => kind)
                .Where(kind => kind.Count() * 2 > whole.Count).Select(kind => kind.Key)
                .Except(Killed.Select(run => CrashRun.KindOf(run.Killed!))).Order(StringComparer.Ordinal)];
        }
    }

    // More than cores, since there is much waiting between the starts; in Azure Tables also for the lease of whoever died to run out.
    private int Lanes => plan.Store is StorageProvider.AzureTables ? 4 : 3;

    /// <summary>One point later each time, until the order is finished before it comes to its point.</summary>
    public async Task RunAllAsync()
    {
        await InLanesAsync(Lanes, CountedPoint);
        for (var tries = 0; tries < TriesByName && Spared is [_, ..] spared; tries++)
        {
            var wanted = new ConcurrentQueue<string>(spared);
            await InLanesAsync(Math.Min(Lanes, wanted.Count), () => wanted.TryDequeue(out var kind) ? $"{kind}#1" : null);
        }
    }

    /// <summary>At a few points: first the order is carried out undisturbed, which tells how many there are.</summary>
    public async Task RunSomeAsync()
    {
        var points = new Queue<string>([Never]);
        var isFirst = true;
        await WorkAsync(() =>
        {
            if (points.Count == 0 && isFirst)
            {
                isFirst = false;
                var all = Runs[0].Reached.Count(point => !StartupHook.IsRead(CrashRun.KindOf(point)));
                points = new Queue<string>(CrashPlan.PointsOf(all).Select(point => point.ToString(CultureInfo.InvariantCulture)));
            }

            return points.TryDequeue(out var point) ? point : null;
        });
    }

    /// <summary>A row of a table: what, points, deaths, violations, and the slowest way back, as it was and as it would be on an idle machine.</summary>
    public string Row()
    {
        var killed = Killed.ToList();
        var points = killed.Select(run => run.Killed).Distinct().Count();
        return $"| {plan.Order.Name} | {plan.Store} | {points} | {killed.Count} | {Runs.Sum(run => run.Violations.Count)} | " +
            $"{killed.Max(run => run.Finished)?.TotalSeconds:0.0} s ({killed.Max(run => run.Finished / run.Slowness)?.TotalSeconds:0.0} s) |";
    }

    /// <summary>Tells what went wrong, and of the slowest runs.</summary>
    public void Tell()
    {
        foreach (var run in Killed.OrderByDescending(run => run.Finished ?? TimeSpan.MaxValue).Take(3))
        {
            output.WriteLine($"  {plan.Name} {run}");
        }

        foreach (var run in Runs.Where(run => run.Violations.Count > 0 || !run.InTime))
        {
            output.WriteLine($"{plan.Name} {run}\n  {string.Join("\n  ", run.Violations)}\n{run.Log}");
        }
    }

    private Task InLanesAsync(int lanes, Func<string?> points) => Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => WorkAsync(points)));

    // Dies at one point after another, in one world after another, until there are no more.
    private async Task WorkAsync(Func<string?> points)
    {
        var point = points();
        while (point is not null)
        {
            await using var world = await CrashWorld.StartAsync(plan.Store, azurite, plan.Order.PushesTime);
            await plan.Order.PrepareAsync(world);
            CrashRun run;
            do
            {
                run = await new Dying(plan.Order, world).AtAsync(Interlocked.Increment(ref next), point);
                runs.Add(run);
                output.WriteLine(string.Join("\n  ", [$"{plan.Name} {run}", .. run.Violations]));
                if (run.Killed is null)
                {
                    Interlocked.Increment(ref lived);
                    await world.RestartAsync();
                }

                point = points();
            }
            while (point is not null && run.Violations.Count == 0 && world.Orders < plan.Order.OrdersPerWorld);
        }
    }

    private string? CountedPoint() =>
        Volatile.Read(ref lived) < LivesAtTheEnd ? Interlocked.Increment(ref counted).ToString(CultureInfo.InvariantCulture) : null;
}
