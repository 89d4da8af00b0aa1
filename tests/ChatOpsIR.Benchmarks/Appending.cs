using ChatOpsIR.Benchmarks.Floors;
using ChatOpsIR.Benchmarks.Record;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Benchmarks;

/// <summary>Appends through the bot's mailboxes, rules and store, and the same rows through a bare connection; both on one core.</summary>
internal static class Appending
{
    private const int Warm = 20_000;
    private const int Many = 40_000;

    public static async Task RunAsync(Plan plan)
    {
        foreach (var (producers, streams) in new[] { (32, 1), (32, 20), (256, 1), (256, 20) })
        {
            List<(double[] Bot, double[] Floor)> rounds = [];
            for (var i = 1; i <= plan.Rounds; i++)
            {
                var folder = Directory.CreateTempSubdirectory("chatopsir-append-");
                var path = Path.Combine(folder.FullName, "record.db");
                var bot = await Parts.MeasureAsync("append", path, $"{producers}", $"{streams}");
                var floor = await Parts.MeasureAsync("append-raw", path, $"{producers}");
                folder.Delete(recursive: true);
                rounds.Add((bot, floor));
                Table.Say($"appending {producers} producers, {streams} streams, {i}/{plan.Rounds}: bot {bot[0]:0}/s {bot[1]:0.0} µs, floor {floor[0]:0}/s {floor[1]:0.0} µs");
            }

            var ratio = rounds.Select(round => round.Bot[0] / round.Floor[0]).Median();
            Table.Row(
                Table.Text($"Appends of {producers} producers to {(streams == 1 ? "one stream" : $"{streams} streams")}"), "SQLite",
                Table.Text($"{rounds.Select(round => round.Bot[0]).Median():0}/s, {rounds.Select(round => round.Bot[1]).Median():0} µs of processor each"),
                Table.Text($"{rounds.Select(round => round.Floor[0]).Median():0}/s, {rounds.Select(round => round.Floor[1]).Median():0} µs"),
                Table.Text($"≥ 0.70 of raw group commit: {ratio:0.00}"), ratio >= 0.7);
        }
    }

    /// <summary>Appends a second, and microseconds of processor time for each.</summary>
    public static async Task<double[]> OursAsync(string path, int producers, int streams)
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("bench", path));
        var recorder = new Recorder(storage);
        IncidentId[] incidents = [.. Enumerable.Range(1, streams).Select(number => new IncidentId(number))];
        foreach (var incident in incidents)
        {
            await recorder.DeclareAsync(incident);
        }

        await recorder.SayAsync(incidents, producers, 0, Warm);
        var clock = Stopwatches.Start();
        await recorder.SayAsync(incidents, producers, Warm, Many);
        return clock.Per(Many);
    }

    /// <summary>The same for the rows that <see cref="OursAsync"/> has left behind.</summary>
    public static async Task<double[]> RawAsync(string path, int producers)
    {
        var rows = RawRows.Read(path, Warm + Many);
        using var commits = new RawGroupCommit(path + ".raw", rows.Schema);
        await SayAsync(commits, rows.Entries[..Warm], producers);
        var clock = Stopwatches.Start();
        await SayAsync(commits, rows.Entries[Warm..], producers);
        return clock.Per(rows.Entries.Length - Warm);
    }

    private static async Task SayAsync(RawGroupCommit commits, RawRow[] rows, int producers)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => ProduceAsync()));

        async Task ProduceAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < rows.Length; i = Interlocked.Increment(ref next))
            {
                await commits.AppendAsync(rows[i]);
            }
        }
    }
}
