using System.Globalization;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary>What to die at. Every run: all points of a declaration and of an update on SQLite, and of the rest a sample that moves on each day.</summary>
/// <remarks>
/// By hand, <c>CRASH_POINTS=all</c> dies at all points of all orders on both stores, <c>CRASH_POINTS=handover@AzureTables,burst@Sqlite</c> at
/// all of these. A point is the begin or the end of a write or a chat call, and one read of each kind; with <c>CRASH_READS=yes</c> every
/// read, a run three times as long. <c>CRASH_SAMPLE</c> is the number that a sample was printed with.
/// </remarks>
internal sealed record CrashPlan(Order Order, StorageProvider Store)
{
    private const int PointsOfSample = 4;

    private static readonly string Asked = Environment.GetEnvironmentVariable("CRASH_POINTS") ?? "";

    /// <summary>Somebody asked for all points.</summary>
    public static bool Everything => Asked.Length > 0;

    /// <summary>Somebody asked for the begin and the end of every read as well.</summary>
    public static bool EveryRead { get; } = Environment.GetEnvironmentVariable("CRASH_READS") is { Length: > 0 };

    public static int Sample { get; } = Environment.GetEnvironmentVariable("CRASH_SAMPLE") is { Length: > 0 } sample
        ? int.Parse(sample, CultureInfo.InvariantCulture)
        : (int)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;

    /// <summary>How a report calls it, and whoever asks for it.</summary>
    public string Name => $"{Order.Name}@{Store}";

    /// <summary>What every run dies at from the first point to the last.</summary>
    public static IReadOnlyList<CrashPlan> Always { get; } = [new(new Declaring(), StorageProvider.Sqlite), new(new Updating(), StorageProvider.Sqlite)];

    private static IReadOnlyList<CrashPlan> Rest { get; } =
    [
        new(new Talking(), StorageProvider.Sqlite), new(new Declaring(), StorageProvider.AzureTables),
        new(new HandingOver(), StorageProvider.Sqlite), new(new Updating(), StorageProvider.AzureTables),
        new(new Resolving(), StorageProvider.Sqlite), new(new Talking(), StorageProvider.AzureTables),
        new(new Reminding(), StorageProvider.Sqlite), new(new HandingOver(), StorageProvider.AzureTables),
        new(new Talking(), StorageProvider.Sqlite), new(new Resolving(), StorageProvider.AzureTables),
        new(new HandingOver(), StorageProvider.Sqlite), new(new Reminding(), StorageProvider.AzureTables),
    ];

    /// <summary>Of the rest: what somebody asked for, else one order on each store.</summary>
    public static IReadOnlyList<CrashPlan> OfTheRest() =>
        Everything ? [.. Rest.DistinctBy(plan => plan.Name).Where(plan => plan.IsAsked)] : [.. Rest.Chunk(2).ElementAt(Sample % (Rest.Count / 2))];

    /// <summary>When only some were asked for, the others rest.</summary>
    public bool IsAsked => Asked is "" or "all" || Asked.Split(',').Contains(Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Some points of so many: apart from each other, and the next ones in the next sample.</summary>
    public static IReadOnlyList<int> PointsOf(int all)
    {
        var apart = Math.Max(1, all / PointsOfSample);
        return [.. Enumerable.Range(0, Math.Min(all, PointsOfSample)).Select(nth => (nth * apart) + (Sample % apart) + 1)];
    }
}
