using ChatOpsIR.Bot.Tests.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Promise 1: a crash at any instruction loses nothing that was acknowledged, and does nothing twice that people can see.</summary>
[Collection(nameof(Crashes))]
public class Killing_the_bot(Azurite azurite, ITestOutputHelper output)
{
    [Fact]
    public Task at_each_step_of_a_declaration_loses_nothing_and_does_nothing_twice() => SurvivesAllAsync(CrashPlan.Always[0]);

    [Fact]
    public Task at_each_step_of_an_update_loses_nothing_and_does_nothing_twice() => SurvivesAllAsync(CrashPlan.Always[1]);

    /// <summary>A burst of messages, a handover, a reminder, a resolution with its export, and every one of them on both stores.</summary>
    [Fact]
    public async Task at_some_steps_of_everything_else_loses_nothing_and_does_nothing_twice()
    {
        if (CrashPlan.Everything)
        {
            foreach (var plan in CrashPlan.OfTheRest())
            {
                await SurvivesAllAsync(plan);
            }

            return;
        }

        var plans = CrashPlan.OfTheRest();
        output.WriteLine($"This sample again: CRASH_SAMPLE={CrashPlan.Sample}. All points of it: CRASH_POINTS={string.Join(',', plans.Select(plan => plan.Name))}.");
        await Task.WhenAll(plans.Select(plan => SurvivesAsync(plan, series => series.RunSomeAsync())));
    }

    private Task SurvivesAllAsync(CrashPlan plan) => plan.IsAsked
        ? SurvivesAsync(plan, async series =>
        {
            await series.RunAllAsync();
            Assert.Empty(series.Spared);
        })
        : Task.CompletedTask;

    private async Task SurvivesAsync(CrashPlan plan, Func<CrashSeries, Task> run)
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
        Assert.Empty(series.Runs.SelectMany(run => run.Violations));
        Assert.All(series.Runs, run => Assert.True(run.InTime, $"{plan.Name} {run}"));
    }
}

/// <summary>The machine has two cores, and a series or a story full of troubles keeps them busy: nothing else may run beside these.</summary>
[CollectionDefinition(nameof(Crashes), DisableParallelization = true)]
public class Crashes;
