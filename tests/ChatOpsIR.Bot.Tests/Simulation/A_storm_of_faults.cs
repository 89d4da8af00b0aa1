namespace ChatOpsIR.Bot.Tests.Simulation;

public class A_storm_of_faults
{
    public static TheoryData<ulong> AskedSeeds => Seeds.Asked;

    [Theory]
    [MemberData(nameof(AskedSeeds))]
    public void breaks_no_promise(ulong seed)
    {
        var run = Simulation.Run(seed);
        if (Environment.GetEnvironmentVariable("SIMULATION_TRACE") is { Length: > 0 } path)
        {
            File.WriteAllBytes(path, run.Trace.Bytes());
        }

        Assert.True(
            run.Violations.Count == 0,
            $"""
            Seed {seed} broke {run.Violations.Count} promises:
            {string.Join('\n', run.Violations)}
            Run just this seed with SIMULATION_SEED={seed}, and with SIMULATION_TRACE=trace.txt for the whole of:
            {run.Trace.Tail(40)}
            """);
    }
}
