using System.Globalization;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>
/// Which seeds are run: two hundred, more by <c>SIMULATION_SEEDS=20000</c>, others by <c>SIMULATION_FROM=1000</c>, a single one by
/// <c>SIMULATION_SEED=17</c>.
/// </summary>
internal static class Seeds
{
    private const ulong TwoHundred = 200;
    private const ulong Together = 25;

    /// <summary>First seeds, and how many from there: so many are one test.</summary>
    public static TheoryData<ulong, int> Asked
    {
        get
        {
            var (first, count) = Number("SIMULATION_SEED") is { } one ? (one, 1UL) : (Number("SIMULATION_FROM") ?? 1, Number("SIMULATION_SEEDS") ?? TwoHundred);
            var asked = new TheoryData<ulong, int>();
            for (var done = 0UL; done < count; done += Together)
            {
                asked.Add(first + done, (int)Math.Min(Together, count - done));
            }

            return asked;
        }
    }

    private static ulong? Number(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
