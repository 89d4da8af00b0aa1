using System.Security.Cryptography;
using System.Text.Json;
using ChatOpsIR.Benchmarks.Record;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Benchmarks;

/// <summary>Exporting and verifying a long record, against reading and hashing the same bytes with nothing around it.</summary>
internal static class Checking
{
    private const int Short = 10_000;
    private const int Long = 100_000;
    private const int Producers = 256;
    private const int BytesPerMegabyte = 1_000_000;
    private static readonly IncidentId Incident = new(1);
    private static readonly IncidentId Small = new(2);

    public static async Task RunAsync(Plan plan)
    {
        var folder = Directory.CreateTempSubdirectory("chatopsir-check-");
        try
        {
            var path = Path.Combine(folder.FullName, "record.db");
            await FillAsync(path);
            List<(double[] Export, double[] ExportRaw, double[] Verify, double[] VerifyRaw)> rounds = [];
            for (var i = 1; i <= plan.Rounds; i++)
            {
                rounds.Add((
                    await Parts.MeasureAsync("export", path), await Parts.MeasureAsync("export-raw", path),
                    await Parts.MeasureAsync("verify", path), await Parts.MeasureAsync("verify-raw", path)));
                var last = rounds[^1];
                Table.Say($"checking {i}/{plan.Rounds}: export {last.Export[1]:0.0} µs an entry, floor {last.ExportRaw[1]:0.0}; verify {last.Verify[1]:0.0}, floor {last.VerifyRaw[1]:0.0}");
            }

            Print("Export", "SQLite", rounds, round => round.Export[0], round => round.ExportRaw[0]);
            Print("Verify an export", "–", rounds, round => round.Verify[0], round => round.VerifyRaw[0]);
            await MemoryAsync("Export", "SQLite", incident => ["export", $"{incident}"], path);
            await MemoryAsync("Verify", "–", incident => ["verify", ExportOf(path, incident)], path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task<double[]> ExportAsync(string path)
    {
        using var storage = SqliteStorage.OpenReadOnly(path);
        await WriteAsync(Small);
        var clock = Stopwatches.Start();
        await WriteAsync(Incident);
        return clock.Per(Long);

        async Task WriteAsync(IncidentId incident)
        {
            await using var file = File.Create(ExportOf(path, incident));
            await ExportWriter.WriteAsync(file, storage.Organisation, incident.Stream, storage.Raw, null, CancellationToken.None);
        }
    }

    /// <summary>Reads the same rows with a bare reader, and hashes what an entry's two hashes are of.</summary>
    public static double[] ExportRaw(string path)
    {
        using var database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        database.Open();
        Read(Small);
        var clock = Stopwatches.Start();
        Read(Incident);
        return clock.Per(Long);

        void Read(IncidentId incident)
        {
            using var command = database.CreateCommand();
            command.CommandText = """
                SELECT version, kind, cause_key, occurred_at, recorded_at, actor, source, data, content, salt, commitment, previous_hash, hash
                FROM entries WHERE stream = $stream ORDER BY version
                """;
            command.Parameters.AddWithValue("$stream", incident.Stream.Value);
            using var row = command.ExecuteReader();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var result = new byte[SHA256.HashSizeInBytes];
            while (row.Read())
            {
                hash.AppendData(row.GetFieldValue<byte[]>(9));
                hash.AppendData(row.GetFieldValue<byte[]>(8));
                hash.GetHashAndReset(result);
                foreach (var text in new[] { 1, 2, 3, 4, 5, 6 })
                {
                    hash.AppendData(System.Text.Encoding.UTF8.GetBytes(row.IsDBNull(text) ? "" : row.GetString(text)));
                }

                foreach (var bytes in new[] { 7, 10, 11, 12 })
                {
                    hash.AppendData(row.GetFieldValue<byte[]>(bytes));
                }

                hash.GetHashAndReset(result);
            }
        }
    }

    public static async Task<double[]> VerifyAsync(string path)
    {
        await ReadAsync(Small);
        var clock = Stopwatches.Start();
        await ReadAsync(Incident);
        return clock.Per(Long);

        async Task ReadAsync(IncidentId incident)
        {
            await using var file = File.OpenRead(ExportOf(path, incident));
            if (await ExportVerifier.VerifyAsync(file, CancellationToken.None) is not Verdict.Intact)
            {
                throw new InvalidOperationException("The export is broken.");
            }
        }
    }

    /// <summary>Reads every token of the file with the bare reader, and hashes each text of an entry once, in two hashes as the format has them.</summary>
    public static double[] VerifyRaw(string path)
    {
        Read(Small);
        var clock = Stopwatches.Start();
        Read(Incident);
        return clock.Per(Long);

        void Read(IncidentId incident)
        {
            using var file = File.OpenRead(ExportOf(path, incident));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var commitment = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var result = new byte[SHA256.HashSizeInBytes];
            var buffer = new byte[256 * 1024];
            var plain = new byte[256 * 1024];
            var (length, state) = (0, new JsonReaderState());
            while (true)
            {
                var read = file.Read(buffer, length, buffer.Length - length);
                length += read;
                var json = new Utf8JsonReader(buffer.AsSpan(0, length), isFinalBlock: read == 0, state);
                var isContent = false;
                while (json.Read())
                {
                    switch (json.TokenType)
                    {
                        case JsonTokenType.PropertyName:
                            isContent = json.ValueTextEquals("content"u8) || json.ValueTextEquals("salt"u8);
                            break;
                        case JsonTokenType.String:
                            (isContent ? commitment : hash).AppendData(plain, 0, json.CopyString(plain));
                            break;
                        case JsonTokenType.EndObject:
                            commitment.GetHashAndReset(result);
                            hash.GetHashAndReset(result);
                            break;
                    }
                }

                state = json.CurrentState;
                length -= (int)json.BytesConsumed;
                buffer.AsSpan((int)json.BytesConsumed, length).CopyTo(buffer);
                if (read == 0)
                {
                    return;
                }
            }
        }
    }

    private static async Task FillAsync(string path)
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("bench", path));
        var recorder = new Recorder(storage);
        foreach (var (incident, entries) in new[] { (Incident, Long), (Small, Short) })
        {
            await recorder.DeclareAsync(incident);
            await recorder.SayAsync([incident], Producers, 0, entries);
        }
    }

    private static void Print<T>(string what, string store, List<T> rounds, Func<T, double> bot, Func<T, double> floor)
    {
        var ratio = rounds.Select(round => floor(round) / bot(round)).Median();
        Table.Row(
            Table.Text($"{what}: {Long} entries"), store, Table.Text($"{rounds.Select(bot).Median():0} entries/s"), Table.Text($"{rounds.Select(floor).Median():0} entries/s"),
            Table.Text($"≤ 1.50 times raw reading and hashing: {ratio:0.00}"), ratio <= 1.5);
    }

    // The executable itself, as somebody types it.
    private static async Task MemoryAsync(string what, string store, Func<IncidentId, string[]> command, string path)
    {
        const double Tolerance = 1.15;
        var few = await MostMemoryAsync(command(Small), path);
        var many = await MostMemoryAsync(command(Incident), path);
        Table.Row(
            Table.Text($"{what}: the most memory, {Long} entries against {Short}"), store, Table.Text($"{many:0} MB"), Table.Text($"{few:0} MB"),
            Table.Text($"constant (≤ {Tolerance:0.00}): {many / few:0.00}"), many / few <= Tolerance);
    }

    private static async Task<double> MostMemoryAsync(string[] arguments, string path)
    {
        await using var bot = ServerProcess.StartDotnet(
            "ChatOpsIR.Bot.dll", ServerProcess.ServerCore, arguments, [new("Storage__Path", path), new("Organisation__Id", "bench")]);
        var most = 0L;
        while (!bot.HasEnded)
        {
            most = Math.Max(most, bot.TryMostMemory());
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        await bot.EndsAsync();
        return (double)most / BytesPerMegabyte;
    }

    private static string ExportOf(string path, IncidentId incident) => $"{path}.{incident}.json";
}
