using System.Collections.Concurrent;

namespace ChatOpsIR.Bot.Tests.Simulation;

public class A_storm_of_faults
{
    private const int MostTold = 5;

    public static TheoryData<ulong, int> AskedSeeds => Seeds.Asked;

    /// <summary>Seeds know nothing of each other, so they run side by side.</summary>
    [Theory]
    [MemberData(nameof(AskedSeeds))]
    public void breaks_no_promise(ulong first, int count)
    {
        var failed = new ConcurrentBag<string>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, after =>
        {
            var run = Simulation.Run(first + (ulong)after);
            if (Environment.GetEnvironmentVariable("SIMULATION_TRACE") is { Length: > 0 } path)
            {
                File.WriteAllBytes(path, run.Trace.Bytes());
            }

            if (run.Violations.Count > 0)
            {
                failed.Add(Told(run));
            }
        });
        Assert.True(failed.IsEmpty, string.Join("\n\n", failed.Take(MostTold)));
    }

    private static string Told(RunResult run) =>
        $"""
        Seed {run.Seed} broke {run.Violations.Count} promises:
        {string.Join('\n', run.Violations)}
        Run just this seed with SIMULATION_SEED={run.Seed}, and with SIMULATION_TRACE=trace.txt for the whole of:
        {run.Trace.Tail(40)}
        """;
}
