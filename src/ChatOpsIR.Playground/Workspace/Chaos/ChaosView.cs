namespace ChatOpsIR.Playground;

/// <summary>What is switched on and what came of it, as copies.</summary>
public sealed record ChaosView(IReadOnlyDictionary<Trouble, int> Levels, ChaosCounts Counts, IReadOnlyList<ChaosNote> Notes)
{
    public static ChaosView Quiet { get; } = new(new Dictionary<Trouble, int>(), new ChaosCounts(), []);

    public bool Calm => Levels.Values.All(level => level == 0);

    public int Level(Trouble trouble) => Levels.GetValueOrDefault(trouble);
}

/// <summary>Since the start: events that happened, what troubled them, and calls that were troubled.</summary>
public sealed record ChaosCounts
{
    /// <summary>Events that the bot has to hear.</summary>
    public int Events { get; init; }

    /// <summary>Events that it accepted.</summary>
    public int Taken { get; init; }

    /// <summary>Events that Slack gave up.</summary>
    public int GivenUp { get; init; }

    public int Late { get; init; }

    /// <summary>Deliveries of events that the bot had accepted before.</summary>
    public int Doubled { get; init; }

    public int Reordered { get; init; }

    /// <summary>Deliveries that did not reach the bot.</summary>
    public int Unreachable { get; init; }

    public int RateLimited { get; init; }

    public int Failed { get; init; }

    /// <summary>Calls, or their answers, that were lost.</summary>
    public int Dropped { get; init; }

    public int Slowed { get; init; }

    public int Refused => RateLimited + Failed + Dropped;
}

/// <summary>A line about what happened.</summary>
public sealed record ChaosNote(DateTimeOffset At, ChaosMark Mark, string Words);

public enum ChaosMark
{
    Done,
    Waits,
    Lost,
}
