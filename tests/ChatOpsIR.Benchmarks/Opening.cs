using System.Globalization;
using Azure.Core.Pipeline;
using ChatOpsIR.Benchmarks.Record;
using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Benchmarks;

/// <summary>What a fresh process asks of the store before it can append to an incident.</summary>
internal static class Opening
{
    private const int Short = 1_000;
    private const int Long = 100_000;
    private const int MostRequests = 3;
    private const int Producers = 256;

    public static async Task RunAsync(Plan plan)
    {
        await using var store = await Store.NewAsync(plan.Store);
        var where = store.Azurite?.ConnectionString ?? store.Path;
        using (var storage = Open(plan.Store, where, new Counted()))
        {
            var recorder = new Recorder(storage);
            foreach (var (incident, entries) in new[] { (new IncidentId(1), Short), (new IncidentId(2), Long), (new IncidentId(3), 10) })
            {
                await recorder.DeclareAsync(incident);
                await recorder.SayAsync([incident], Producers, 0, entries);
            }
        }

        var few = await Parts.MeasureAsync("open", $"{plan.Store}", "1", where);
        var many = await Parts.MeasureAsync("open", $"{plan.Store}", "2", where);
        Table.Row(
            Table.Text($"Opening an incident in a fresh process: {Long} entries against {Short}"), store.Name, Table.Text($"{many[0]:0} requests, {many[1] / 1000:0.0} kB"),
            Table.Text($"{few[0]:0} requests, {few[1] / 1000:0.0} kB"), Table.Text($"≤ {MostRequests} requests, the same at any length"), many[0] <= MostRequests && many[0] <= few[0]);
    }

    /// <summary>Requests, and bytes that were read.</summary>
    public static async Task<double[]> CountAsync(string store, int incident, string where)
    {
        using var operations = new StoreOperations();
        var counted = new Counted();
        using var storage = Open(Enum.Parse<StorageProvider>(store), where, counted);
        var recorder = new Recorder(storage);

        // A small one first: it loads the program and opens the connection.
        await recorder.Streams.ReadAsync(new IncidentId(3), CancellationToken.None);
        var before = (Operations: operations.Count, counted.Requests, counted.Received, Read: BytesRead());
        var state = await recorder.Streams.ReadAsync(new IncidentId(incident), CancellationToken.None);
        if (!state.Exists)
        {
            throw new InvalidOperationException($"There is no INC-{incident}.");
        }

        return storage is TableStorage
            ? [counted.Requests - before.Requests, counted.Received - before.Received]
            : [operations.Count - before.Operations, BytesRead() - before.Read];
    }

    public static RecordStorage Open(StorageProvider store, string where, Counted counted, TimeProvider? time = null) => store is StorageProvider.AzureTables
        ? TableStorage.Open(new TableSettings("bench") { ConnectionString = where, Time = time ?? TimeProvider.System, Transport = new HttpClientTransport(new HttpClient(counted)) })
        : SqliteStorage.Open(new SqliteSettings("bench", where));

    private static long BytesRead()
    {
        const string Name = "rchar: ";
        return long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith(Name, StringComparison.Ordinal))[Name.Length..], CultureInfo.InvariantCulture);
    }
}
