namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>Promise 1: a crash at any instruction loses nothing that was acknowledged, and does nothing twice that people can see.</summary>
[Collection(nameof(Crashes))]
public class Killing_the_bot(ITestOutputHelper output)
{
    [Fact]
    public Task at_each_step_of_a_declaration_loses_nothing_and_does_nothing_twice() => SurvivesAsync(new Declaring());

    [Fact]
    public Task at_each_step_of_an_update_loses_nothing_and_does_nothing_twice() => SurvivesAsync(new Updating());

    private async Task SurvivesAsync(Order order)
    {
        var series = new CrashSeries(order, output);
        await series.RunAsync();

        Assert.NotEmpty(series.Killed);
        Assert.Empty(series.Runs.SelectMany(run => run.Violations));
        Assert.All(series.Killed, run => Assert.True(run.Finished < CrashSeries.FinishedWithin, $"Point {run.Point}, {run.Killed}: finished after {run.Finished}."));
        Assert.Empty(series.Spared);
    }
}

/// <summary>The machine has two cores, and a series or a story full of troubles keeps them busy: nothing else may run beside these.</summary>
[CollectionDefinition(nameof(Crashes), DisableParallelization = true)]
public class Crashes;
