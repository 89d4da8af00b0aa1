using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>All chance of a run. The same seed gives the same throws on every machine and framework.</summary>
internal sealed class Dice(ulong seed) : IRandomness
{
    private ulong state = seed;

    public ulong Next()
    {
        // SplitMix64: small, well mixed, and ours, so that no framework changes it.
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to, and without, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool Chance(double odds) => (Next() >> 11) * (1.0 / (1UL << 53)) < odds;

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    /// <summary>Mostly the first, now and then any: queues that are nearly in order find more than shuffled ones.</summary>
    public int Place(int count, double disorder) => Chance(disorder) ? Below(count) : 0;

    public T Weighted<T>(IReadOnlyList<(int Weight, T What)> among)
    {
        var at = Below(among.Sum(one => one.Weight));
        foreach (var (weight, what) in among)
        {
            at -= weight;
            if (at < 0)
            {
                return what;
            }
        }

        return among[^1].What;
    }

    /// <summary>Dice of their own, so that drawing more here changes nothing there.</summary>
    public Dice Apart() => new(Next());

    public void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Next();
        }
    }
}
