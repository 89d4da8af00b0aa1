using System.Globalization;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Which seeds are run: fifty, more by <c>SIMULATION_SEEDS=2000</c>, a single one by <c>SIMULATION_SEED=17</c>.</summary>
internal static class Seeds
{
    private const int Fifty = 50;

    /// <summary>Those that are run every day.</summary>
    public static IEnumerable<ulong> Usual => Through(Fifty);

    public static TheoryData<ulong> Asked => Number("SIMULATION_SEED") is { } one ? [one] : [.. Through((int)(Number("SIMULATION_SEEDS") ?? Fifty))];

    private static IEnumerable<ulong> Through(int last) => Enumerable.Range(1, last).Select(seed => (ulong)seed);

    private static ulong? Number(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
