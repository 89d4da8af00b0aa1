using System.Globalization;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>
/// A simulation that has never failed proves nothing: each of these has to be found within five hundred seeds. The search begins with a
/// seed that is known to find it; with <c>SIMULATION_PLANTED=all</c> it begins with the first.
/// </summary>
public class A_planted_fault
{
    private const ulong MostSeeds = 500;

    public static TheoryData<string> Names => [.. PlantedFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void is_found(string name)
    {
        var fault = PlantedFault.All.Single(one => one.Name == name);
        var found = FoundBy(fault);
        Assert.True(found is not null, $"No seed up to {MostSeeds} finds a bot that {name}.");
        TestContext.Current.TestOutputHelper?.WriteLine(found!);
    }

    private static string? FoundBy(PlantedFault fault)
    {
        var first = Environment.GetEnvironmentVariable("SIMULATION_PLANTED") is "all" ? 1 : fault.Seed;
        foreach (var seed in Through(first, MostSeeds).Concat(Through(1, first - 1)))
        {
            if (Simulation.Run(seed, fault.Plant).Violations.FirstOrDefault(broken => broken.StartsWith(fault.Promise, StringComparison.Ordinal)) is { } violation)
            {
                return string.Create(CultureInfo.InvariantCulture, $"planted: {fault.Name} | seed {seed} | {violation}");
            }
        }

        return null;
    }

    private static IEnumerable<ulong> Through(ulong first, ulong last)
    {
        for (var seed = first; seed <= last; seed++)
        {
            yield return seed;
        }
    }
}
