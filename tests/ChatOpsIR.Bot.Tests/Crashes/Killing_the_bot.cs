using ChatOpsIR.Bot.Tests.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Promise 1: a crash at any instruction loses nothing that was acknowledged, and does nothing twice that people can see.</summary>
[Collection(nameof(Crashes))]
public class Killing_the_bot(Azurite azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task at_each_step_of_a_declaration_loses_nothing_and_does_nothing_twice() => Assert.Empty(await BrokenEverywhereAsync(CrashPlan.Always[0]));

    [Fact]
    public async Task at_each_step_of_an_update_loses_nothing_and_does_nothing_twice() => Assert.Empty(await BrokenEverywhereAsync(CrashPlan.Always[1]));

    /// <summary>A burst of messages, a handover, a reminder, a resolution with its export, and every one of them on both stores.</summary>
    [Fact]
    public async Task at_some_steps_of_everything_else_loses_nothing_and_does_nothing_twice()
    {
        var plans = CrashPlan.OfTheRest();
        var broken = new List<string>();
        if (CrashPlan.Everything)
        {
            foreach (var plan in plans)
            {
                broken.AddRange(await BrokenEverywhereAsync(plan));
            }
        }
        else
        {
            output.WriteLine($"This sample again: CRASH_SAMPLE={CrashPlan.Sample}. All points of it: CRASH_POINTS={string.Join(',', plans.Select(plan => plan.Name))}.");
            broken.AddRange((await Task.WhenAll(plans.Select(plan => BrokenAsync(plan, series => series.RunSomeAsync())))).SelectMany(sentences => sentences));
        }

        Assert.Empty(broken);
    }

    private async Task<IReadOnlyList<string>> BrokenEverywhereAsync(CrashPlan plan)
    {
        if (!plan.IsAsked)
        {
            return [];
        }

        IReadOnlyList<string> spared = [];
        var broken = await BrokenAsync(plan, async series =>
        {
            await series.RunAllAsync();
            spared = series.Spared;
        });
        return [.. broken, .. spared.Select(step => $"{plan.Name}: no run died at “{step}”.")];
    }

    private async Task<IReadOnlyList<string>> BrokenAsync(CrashPlan plan, Func<CrashSeries, Task> run)
    {
        var series = new CrashSeries(plan, azurite, output);
        try
        {
            await run(series);
        }
        finally
        {
            series.Tell();
        }

        output.WriteLine(series.Row());
        Assert.NotEmpty(series.Killed);
        return
        [
            .. series.Runs.SelectMany(run => run.Violations.Select(violation => $"{plan.Name} {run}: {violation}")),
            .. series.Runs.Where(run => !run.InTime).Select(run => $"{plan.Name} was not finished in time: {run}"),
        ];
    }
}

/// <summary>The machine has two cores, and a series or a story full of troubles keeps them busy: nothing else may run beside these.</summary>
[CollectionDefinition(nameof(Crashes), DisableParallelization = true)]
public class Crashes;
