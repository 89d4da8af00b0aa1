namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Something on its way from the bot to the world: asked, and not yet answered.</summary>
internal abstract class Crossing(Life life, string what)
{
    public Life Life => life;

    public string What => what;

    /// <summary>It arrives, in this weather.</summary>
    public abstract void Arrive(Weather weather);

    /// <summary>Whoever asked has died. It may still be carried out, but nobody hears of it.</summary>
    public abstract void ArriveUnheard();
}

/// <summary>Everything that is on its way. The simulation decides when each arrives.</summary>
internal sealed class Crossings
{
    private readonly List<Crossing> waiting = [];

    public int Count => waiting.Count;

    public void Add(Crossing crossing) => waiting.Add(crossing);

    public bool Remove(Crossing crossing) => waiting.Remove(crossing);

    public Crossing Take(int place)
    {
        var crossing = waiting[place];
        waiting.RemoveAt(place);
        return crossing;
    }

    /// <summary>What the dead have left on the way.</summary>
    public IReadOnlyList<Crossing> TakeAllOf(Life life)
    {
        Crossing[] left = [.. waiting.Where(crossing => crossing.Life == life)];
        waiting.RemoveAll(crossing => crossing.Life == life);
        return left;
    }
}
