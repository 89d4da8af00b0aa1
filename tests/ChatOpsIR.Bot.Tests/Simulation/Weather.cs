namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>
/// How bad things are in a run. Each seed draws its own, since a run in which everything fails reaches nothing: some seeds crash
/// often, some lose answers, some only shuffle.
/// </summary>
internal sealed record Weather
{
    public static readonly Weather Calm = new();

    /// <summary>The record is in Azure Tables; otherwise in SQLite.</summary>
    public bool InTables { get; init; }

    /// <summary>A page of rows that is empty although there are more.</summary>
    public double EmptyPages { get; init; }

    /// <summary>A store call that does not reach the store.</summary>
    public double StoreUnreached { get; init; }

    /// <summary>A store call that is carried out and whose answer is lost.</summary>
    public double StoreAnswerLost { get; init; }

    /// <summary>A chat call that does not go well, one way or another.</summary>
    public double ChatTrouble { get; init; }

    /// <summary>A call on a slow road, store or chat: the caller may have given up when it arrives.</summary>
    public double Slow { get; init; }

    /// <summary>A request to the bot that comes again although it was answered.</summary>
    public double Twice { get; init; }

    /// <summary>How often the next in line is not the oldest.</summary>
    public double Disorder { get; init; }

    /// <summary>Weight of a crash among the things that may happen.</summary>
    public int Crashes { get; init; }

    /// <summary>Weight of a freeze among the things that may happen.</summary>
    public int Freezes { get; init; }

    /// <summary>Weight of a clock that is set, to the wrong time or the right one, among the things that may happen.</summary>
    public int ClockSteps { get; init; }

    /// <summary>Hundreds of messages in a moment, so often in a run.</summary>
    public int Floods { get; init; }

    /// <summary>An event that comes a day late.</summary>
    public double DayLate { get; init; }

    /// <summary>Days in which nobody does anything, so often in a run.</summary>
    public int Silences { get; init; }

    /// <summary>How many bots serve the same record at once.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>A wake-up for something due that is lost.</summary>
    public double WakeLost { get; init; }

    public static Weather Drawn(Dice dice) => new()
    {
        InTables = dice.Chance(0.5),
        EmptyPages = dice.Pick<double>([0, 0, 0.1]),
        StoreUnreached = dice.Pick<double>([0, 0, 0.01, 0.05]),
        StoreAnswerLost = dice.Pick<double>([0, 0, 0.01, 0.05]),
        ChatTrouble = dice.Pick<double>([0, 0.05, 0.15, 0.35]),
        Slow = dice.Pick<double>([0, 0, 0.03, 0.1]),
        Twice = dice.Pick<double>([0, 0.1, 0.3]),
        Disorder = dice.Pick<double>([0, 0.1, 0.5]),
        Crashes = dice.Pick<int>([0, 2, 8]),
        Freezes = dice.Pick<int>([0, 0, 6]),
        Instances = dice.Pick<int>([1, 2, 2]),
        ClockSteps = dice.Pick<int>([0, 0, 3, 10]),
        Floods = dice.Chance(0.12) ? 1 : 0,
        DayLate = dice.Pick<double>([0, 0, 0, 0.02]),
        Silences = dice.Pick<int>([0, 0, 0, 1, 2]),
        WakeLost = dice.Pick<double>([0, 0.5, 1]),
    };
}
