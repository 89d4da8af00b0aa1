using ChatOpsIR.Benchmarks.Load;
using ChatOpsIR.Benchmarks.Servers;

namespace ChatOpsIR.Benchmarks;

/// <summary>An even load for a while: nothing acknowledged is missing afterwards, and memory does not grow with what was recorded.</summary>
internal static class Soaking
{
    private const int PerSecond = 200;
    private const int Rooms = 20;
    private const int Connections = 64;
    private const int DefaultSeconds = 60;
    private const int Samples = 20;
    private const int BytesPerMegabyte = 1_000_000;

    public static async Task RunAsync(Plan plan)
    {
        var seconds = plan.Seconds ?? DefaultSeconds;
        await using var world = await World.StartAsync(plan.Store, Rooms);
        var letters = new Letter[PerSecond * seconds];
        var load = Loop.OpenAsync(world.Address, letters.Length, PerSecond, Connections, i => letters[i] = world.Mail.Message(world.Rooms[i % Rooms]));
        var samples = await SampleAsync(world.Bot, load, TimeSpan.FromSeconds(seconds) / Samples);
        var answers = await load;
        var missing = await world.MissingAsync(letters, answers);
        var refused = answers.Statuses.Count(status => status != 200);

        // The first half warms up. What is left must not grow: the later samples against the earlier ones.
        double[] earlier = [.. samples[(Samples / 2)..(3 * Samples / 4)]], later = [.. samples[(3 * Samples / 4)..]];
        var growth = later.Median() / earlier.Median();
        Table.Row(
            Table.Text($"{PerSecond} message events/s over {Rooms} rooms for {seconds} s, open loop: acknowledged and missing from the record"), world.Store.Name,
            Table.Text($"{missing} of {letters.Length - refused} ({refused} not acknowledged; p99 {answers.Milliseconds.Quantile(0.99):0} ms)"), "–", "0", missing == 0 && refused == 0);
        Table.Row(
            "The same: memory of the bot", world.Store.Name, Table.Text($"{earlier.Median():0} MB, then {later.Median():0} MB"), "–",
            Table.Text($"flat: the last quarter ≤ 1.10 of the third: {growth:0.00}"), growth <= 1.1);
        Table.Say($"soaking: memory in MB {string.Join(' ', samples.Select(sample => Table.Text($"{sample:0}")))}");
    }

    private static async Task<List<double>> SampleAsync(ServerProcess bot, Task load, TimeSpan every)
    {
        List<double> samples = [];
        while (samples.Count < Samples)
        {
            await Task.WhenAny(load, Task.Delay(every, TimeProvider.System));
            samples.Add((double)bot.Memory / BytesPerMegabyte);
        }

        return samples;
    }
}
