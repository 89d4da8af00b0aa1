using System.Globalization;

namespace ChatOpsIR.Benchmarks;

/// <summary>The rows of the table, and the arithmetic behind them.</summary>
internal static class Table
{
    /// <summary>One row.</summary>
    /// <param name="store">Which store the figure is of; a dash where none has a part in it.</param>
    /// <param name="met">Null for a figure that has no goal.</param>
    public static void Row(string what, string store, string bot, string floor, string goal, bool? met) => Console.WriteLine(
        $"| {what} | {store} | {bot} | {floor} | {goal} | {met switch { true => "yes", false => "**no**", null => "" }} |");

    public static void Say(FormattableString progress) => Console.Error.WriteLine(progress.ToString(CultureInfo.InvariantCulture));

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The value that a share of them does not exceed.</summary>
    public static double Quantile(this IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
