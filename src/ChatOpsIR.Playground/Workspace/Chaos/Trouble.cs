namespace ChatOpsIR.Playground;

/// <summary>One of Slack's bad days. A level of 0 is off; what other levels mean differs from trouble to trouble.</summary>
/// <param name="Name">The word for it in the control API.</param>
/// <param name="Levels">What the page offers, mildest first; the API takes any number up to the last.</param>
/// <param name="Usual">The level when it is merely switched on.</param>
/// <param name="Says">What a level does, in a few words.</param>
public sealed record Trouble(string Name, string Label, IReadOnlyList<int> Levels, int Usual, Func<int, string> Says)
{
    public static readonly Trouble Late = new("late", "Late events", [5, 30, 120], 30, level => $"Arrive 1 to {level} s after they happened");

    public static readonly Trouble Duplicate = new("duplicate", "Duplicate events", [1, 2, 3], 2, level => level == 1 ? "Each one up to twice" : $"Each one up to {level + 1} times");

    public static readonly Trouble Reorder = new("reorder", "Out of order", [3, 10, 60], 10, level => $"Shuffled within {level} s");

    public static readonly Trouble RateLimit = new("rateLimit", "Rate limit", [1, 5, 30], 5, level => $"One call in three gets 429, retry after {level} s");

    public static readonly Trouble ServerError = new("serverError", "Server errors", [10, 20, 50], 20, level => $"{Share(level)} fails, done or not done");

    public static readonly Trouble DropBefore = new("dropBefore", "Lost calls", [10, 20, 50], 20, level => $"{Share(level)} never arrives");

    public static readonly Trouble DropAfter = new("dropAfter", "Lost answers", [10, 20, 50], 20, level => $"{Share(level)} is done, its answer lost");

    public static readonly Trouble Slow = new("slow", "Slow answers", [1, 3, 15], 3, level => $"Calls take up to {level} s");

    public static readonly Trouble Disconnect = new("disconnect", "Disconnect", [1], 1, _ => "Nothing arrives; Slack tries events again");

    public static IReadOnlyList<Trouble> All { get; } = [Late, Duplicate, Reorder, RateLimit, ServerError, DropBefore, DropAfter, Slow, Disconnect];

    /// <summary>How bad a level is, in a word.</summary>
    public string Grade(int level) => level <= Levels[0] ? "Mild" : level <= Usual ? "Usual" : "Bad";

    public int Most => Levels[^1];

    private static string Share(int percent) => percent switch
    {
        10 => "One call in ten",
        20 => "One call in five",
        50 => "Every other call",
        _ => $"{percent} % of calls",
    };
}
