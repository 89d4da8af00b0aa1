using System.Globalization;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Benchmarks;

/// <summary>How a benchmark shall run.</summary>
/// <param name="Rounds">How many rounds the medians are of.</param>
/// <param name="Seconds">How long something that lasts shall last; null for its default.</param>
internal sealed record Plan(int Rounds, StorageProvider Store, int? Seconds);

/// <summary>A part of the table. Each prints its rows to standard output, and what it is doing to standard error.</summary>
internal sealed record Benchmark(string Name, string What, Func<Plan, Task> Work)
{
    private const int DefaultRounds = 5;

    private static readonly Benchmark[] All =
    [
        new("answering", "Recorded before answered, events of no room and forged ones, against the floors", Answering.RunAsync),
        new("pacing", "The slowest answers at 500 events a second, against the durable floor's", Pacing.RunAsync),
        new("starting", "The first answer after the start, against a bare Kestrel with JwtBearer", Starting.RunAsync),
        new("appending", "Appends of many producers, against raw group commit of the same rows", Appending.RunAsync),
        new("growing", "Appends and the newest page at 1,000 and at 1,000,000 entries", Growing.RunAsync),
        new("opening", "What a fresh process reads before it can append: 1,000 and 100,000 entries", Opening.RunAsync),
        new("checking", "Export and verify, against raw reading and hashing", Checking.RunAsync),
        new("stalling", "A store that stands still under 1,000 events a second", Stalling.RunAsync),
        new("operating", "What an idle and a busy incident cost, and how the store grows", Operating.RunAsync),
        new("soaking", "200 message events a second over 20 rooms: nothing lost, memory flat", Soaking.RunAsync),
        new("weighing", "Memory under load, against that of an app on Bolt that stores nothing", Weighing.RunAsync),
    ];

    public static Benchmark? Find(string name) => Array.Find(All, benchmark => benchmark.Name == name);

    public static int Help()
    {
        Console.Error.WriteLine("One of these, and after it what differs from: --rounds 5 --store Sqlite --seconds …");
        foreach (var benchmark in All)
        {
            Console.Error.WriteLine($"  {benchmark.Name,-12} {benchmark.What}");
        }

        return 2;
    }

    public async Task<int> RunAsync(string[] options)
    {
        var plan = new Plan(DefaultRounds, StorageProvider.Sqlite, null);
        for (var i = 0; i + 1 < options.Length; i += 2)
        {
            plan = options[i] switch
            {
                "--rounds" => plan with { Rounds = int.Parse(options[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => plan with { Seconds = int.Parse(options[i + 1], CultureInfo.InvariantCulture) },
                "--store" => plan with { Store = Enum.Parse<StorageProvider>(options[i + 1]) },
                var other => throw new ArgumentException($"{other} is no option."),
            };
        }

        await Work(plan);
        return 0;
    }
}
