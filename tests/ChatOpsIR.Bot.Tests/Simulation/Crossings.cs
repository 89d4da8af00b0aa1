namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Something on its way from the bot to the world: asked, and not yet answered.</summary>
internal abstract class Crossing(Life life, string what)
{
    public Life Life => life;

    public string What => what;

    /// <summary>A slow road: it does not arrive before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>It arrives, in this weather.</summary>
    public abstract void Arrive(Weather weather);

    /// <summary>Whoever asked has died. It may still be carried out, but nobody hears of it.</summary>
    public abstract void ArriveUnheard();
}

/// <summary>Everything that is on its way. The simulation decides when each arrives.</summary>
internal sealed class Crossings(World world)
{
    private static readonly int[] SlowBySeconds = [1, 2, 6, 12, 30];

    private readonly List<Crossing> waiting = [];

    public int Count => waiting.Count;

    /// <summary>Those that may arrive now, oldest first.</summary>
    public int Ready => waiting.Count(IsReady);

    /// <summary>When the next slow one may arrive.</summary>
    public DateTimeOffset? NextDue => waiting.Count == 0 ? null : waiting.Min(crossing => crossing.NotBefore);

    public void Add(Crossing crossing)
    {
        if (world.Dice.Chance(world.Weather.Slow))
        {
            crossing.NotBefore = world.Time.GetUtcNow() + TimeSpan.FromSeconds(world.Dice.Pick(SlowBySeconds));
        }

        waiting.Add(crossing);
    }

    /// <summary>One that was taken goes on its way again.</summary>
    public void Return(Crossing crossing) => waiting.Add(crossing);

    public bool Remove(Crossing crossing) => waiting.Remove(crossing);

    /// <param name="place">Among those that are ready.</param>
    public Crossing Take(int place)
    {
        var crossing = waiting.Where(IsReady).ElementAt(place);
        waiting.Remove(crossing);
        return crossing;
    }

    /// <summary>What the dead have left on the way.</summary>
    public IReadOnlyList<Crossing> TakeAllOf(Life life)
    {
        Crossing[] left = [.. waiting.Where(crossing => crossing.Life == life)];
        waiting.RemoveAll(crossing => crossing.Life == life);
        return left;
    }

    private bool IsReady(Crossing crossing) => crossing.NotBefore <= world.Time.GetUtcNow();
}
