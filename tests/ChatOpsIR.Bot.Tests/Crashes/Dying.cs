namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>One order in a world, with a bot that dies at a point of it, and what becomes of the order after the restart.</summary>
internal sealed class Dying(Order order, CrashWorld world)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuietFor = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="number">What the run is called.</param>
    /// <param name="point">Where the bot is to die, as <see cref="StartupHook.Arm"/> says it.</param>
    public async Task<CrashRun> AtAsync(int number, string point)
    {
        await order.BeforeEachAsync(world);
        world.Orders++;
        world.Arm(point);
        var done = await order.AskAsync(world);
        while (await SurvivesAsync() && !done)
        {
            // It lives and could not confirm in time, as on a busy machine: the point to die at is still ahead.
            done = await order.LookAndAskAgainAsync(world);
        }

        var reached = world.Reached;
        var killed = world.Bot.Ended.IsCompleted ? reached[^1] : null;
        var restarted = TimeProvider.System.GetTimestamp();
        if (killed is not null)
        {
            await world.RestartAsync();
        }

        var limit = CrashRun.FinishedWithin * world.Bot.Slowness;
        done = done || await AskAgainAsync(restarted, limit);
        var finished = await FinishAsync(restarted, limit);
        IReadOnlyList<string> violations = [.. await ViolationsAsync(limit), .. done ? Array.Empty<string>() : [$"Nobody was told that it is done, only: {world.LastAnswer ?? "nothing"}"]];
        return new CrashRun(number, killed, finished, world.Bot.Slowness, reached, violations, world.Bot.Said);
    }

    // The bot dies, or it finishes and stays quiet. When nothing moves any more it lives as well.
    private async Task<bool> SurvivesAsync()
    {
        var patience = new Patience(CrashRun.FinishedWithin);
        for (var before = -1; !world.Bot.Ended.IsCompleted; await Task.WhenAny(world.Bot.Ended, Task.Delay(LookEvery, TimeProvider.System)))
        {
            // Looking at everything is dear, and in vain while it works.
            var last = before;
            before = world.Reached.Count;
            if (before != last)
            {
                continue;
            }

            var look = await world.LookAsync();
            if (look.IsQuiet || patience.IsOver(look.Done + before))
            {
                await Task.WhenAny(world.Bot.Ended, Task.Delay(QuietFor, TimeProvider.System));
                if (!world.Bot.Ended.IsCompleted && before == world.Reached.Count)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task<bool> AskAgainAsync(long restarted, TimeSpan limit)
    {
        while (TimeProvider.System.GetElapsedTime(restarted) < limit)
        {
            if (await order.LookAndAskAgainAsync(world))
            {
                return true;
            }

            await Task.Delay(LookEvery, TimeProvider.System, Ct);
        }

        return false;
    }

    // From the restart until nothing is missing any more; null when nothing moves and something is missing.
    private async Task<TimeSpan?> FinishAsync(long restarted, TimeSpan limit)
    {
        var patience = new Patience(limit);
        while (true)
        {
            await world.MinutesPassAsync();
            var elapsed = TimeProvider.System.GetElapsedTime(restarted);
            var look = await world.LookAsync();
            if (look.IsQuiet)
            {
                // What comes late must not spoil it.
                await Task.Delay(QuietFor, TimeProvider.System, Ct);
                return elapsed;
            }

            if (patience.IsOver(look.Done))
            {
                return null;
            }

            await Task.Delay(LookEvery, TimeProvider.System, Ct);
        }
    }

    // What is under way just now is no violation; what stays is.
    private async Task<IReadOnlyList<string>> ViolationsAsync(TimeSpan limit)
    {
        var patience = new Patience(limit);
        while (true)
        {
            var look = await world.LookAsync();
            IReadOnlyList<string> violations = [.. look.Broken, .. look.Record is { } record ? await order.BrokenAsync(world, record) : []];
            if (violations.Count == 0 || patience.IsOver(look.Done))
            {
                return violations;
            }

            await world.MinutesPassAsync();
            await Task.Delay(LookEvery, TimeProvider.System, Ct);
        }
    }
}
