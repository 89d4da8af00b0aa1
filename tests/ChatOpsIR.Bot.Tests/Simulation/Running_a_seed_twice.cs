namespace ChatOpsIR.Bot.Tests.Simulation;

public class Running_a_seed_twice
{
    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(92)]
    public void gives_the_same_trace_byte_for_byte(ulong seed) =>
        Assert.Equal(Simulation.Run(seed).Trace.Bytes(), Simulation.Run(seed).Trace.Bytes());

    [Fact]
    public void happens_with_both_stores()
    {
        ulong[] seeds = [3, 14, 15, 92];
        Assert.Equal(2, seeds.Select(seed => Weather.Drawn(new Dice(seed)).InTables).Distinct().Count());
    }

    [Fact]
    public void differs_from_another_seed() =>
        Assert.NotEqual(Simulation.Run(1).Trace.Bytes(), Simulation.Run(2).Trace.Bytes());
}
