using System.Globalization;
using ChatOpsIR.Benchmarks.Record;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Benchmarks;

/// <summary>Whether a record gets slower as it grows: a small stream and a large one, in databases of their own, turn by turn.</summary>
internal static class Growing
{
    private const int Small = 1_000;
    private const int Large = 1_000_000;
    private const int Appends = 4_000;
    private const int Pages = 300;
    private const int PageSize = 200;
    private const int Producers = 8;

    public static async Task RunAsync(Plan plan)
    {
        var folder = Directory.CreateTempSubdirectory("chatopsir-grow-");
        try
        {
            Table.Say($"growing: a stream of {Large} entries is being written");
            using var large = await Stream.OfAsync(Path.Combine(folder.FullName, "large.db"), Large);
            List<(double[] Small, double[] Large)> rounds = [];

            // One more than asked for: the first compiles the code and does not count.
            for (var i = 0; i <= plan.Rounds; i++)
            {
                // A new one each time: it would not stay small.
                using var small = await Stream.OfAsync(Path.Combine(folder.FullName, $"small-{i}.db"), Small);
                rounds.Add((await small.MeasureAsync(), await large.MeasureAsync()));
                Table.Say($"growing {i}/{plan.Rounds}: append p99 {rounds[^1].Small[0]:0.00} then {rounds[^1].Large[0]:0.00} ms, newest page {rounds[^1].Small[1]:0.00} then {rounds[^1].Large[1]:0.00} ms");
            }

            rounds.RemoveAt(0);
            Print("Append, p99", rounds, 0);
            Print(Table.Text($"Newest page of {PageSize} entries, median"), rounds, 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string what, List<(double[] Small, double[] Large)> rounds, int figure)
    {
        var ratio = rounds.Select(round => round.Large[figure] / round.Small[figure]).Median();
        Table.Row(
            Table.Text($"{what}: {Large} entries against {Small}"), "SQLite", Table.Text($"{rounds.Select(round => round.Large[figure]).Median():0.00} ms"),
            Table.Text($"{rounds.Select(round => round.Small[figure]).Median():0.00} ms"), Table.Text($"≤ 1.50: {ratio:0.00}"), ratio <= 1.5);
    }

    private sealed class Stream : IDisposable
    {
        private static readonly IncidentId Incident = new(1);
        private static readonly TimeProvider Clock = TimeProvider.System;
        private readonly SqliteStorage storage;
        private readonly Recorder recorder;
        private int said;

        private Stream(SqliteStorage storage)
        {
            this.storage = storage;
            recorder = new Recorder(storage);
        }

        public static async Task<Stream> OfAsync(string path, int entries)
        {
            const int AtOnce = 256;
            var stream = new Stream(SqliteStorage.Open(new SqliteSettings("bench", path)));
            await stream.recorder.DeclareAsync(Incident);
            await stream.recorder.SayAsync([Incident], AtOnce, 0, entries);
            stream.said = entries;
            return stream;
        }

        /// <summary>The 99th of a hundred appends, and the median of the newest page, in milliseconds.</summary>
        public async Task<double[]> MeasureAsync()
        {
            var appends = new double[Appends];
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => ProduceAsync()));
            said += Appends;

            var pages = new double[Pages];
            for (var i = 0; i < Pages; i++)
            {
                var asked = Clock.GetTimestamp();
                var incident = await recorder.Streams.ReadAsync(Incident, CancellationToken.None);
                var slice = await storage.Streams.ReadAsync(Incident.Stream, incident.Version - PageSize, PageSize, CancellationToken.None);
                pages[i] = Clock.GetElapsedTime(asked).TotalMilliseconds;
                if (slice.Entries.Length != PageSize)
                {
                    throw new InvalidOperationException(slice.Entries.Length.ToString(CultureInfo.InvariantCulture));
                }
            }

            return [appends.Quantile(0.99), pages.Median()];

            async Task ProduceAsync()
            {
                for (var i = Interlocked.Increment(ref next); i < Appends; i = Interlocked.Increment(ref next))
                {
                    var message = recorder.Message(Incident, said + i);
                    var asked = Clock.GetTimestamp();
                    await recorder.Streams.RecordAsync(Incident, message, CancellationToken.None);
                    appends[i] = Clock.GetElapsedTime(asked).TotalMilliseconds;
                }
            }
        }

        public void Dispose() => storage.Dispose();
    }
}
