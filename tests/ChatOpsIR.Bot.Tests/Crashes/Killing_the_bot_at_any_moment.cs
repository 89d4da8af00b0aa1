using System.Globalization;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core;
using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Crashes;

/// <summary><c>kill -9</c> while several people work, at moments that nobody chose. By hand, <c>CRASH_KILLS=60</c> dies as often, on both stores.</summary>
[Collection(nameof(Crashes))]
public class Killing_the_bot_at_any_moment(Azurite azurite, ITestOutputHelper output)
{
    private const int KillsInAWorld = 20;
    private const int KillsUntilQuiet = 5;
    private const int PostsAtOnce = 4;
    private const string HalfDeclared = "was given out and has no entry 1.";

    private static readonly int Asked = Environment.GetEnvironmentVariable("CRASH_KILLS") is { Length: > 0 } kills ? int.Parse(kills, CultureInfo.InvariantCulture) : 0;

    [Fact]
    public async Task loses_nothing_that_was_acknowledged_and_leaves_nothing_half_done()
    {
        await SurvivesAsync(StorageProvider.Sqlite, Asked > 0 ? Asked : KillsUntilQuiet);
        if (Asked > 0)
        {
            await SurvivesAsync(StorageProvider.AzureTables, Asked);
        }
    }

    private async Task SurvivesAsync(StorageProvider provider, int kills)
    {
        var (deeds, acknowledged, slowest) = (0, 0, new Recovery(TimeSpan.Zero, TimeSpan.Zero));
        output.WriteLine($"These moments again: CRASH_SAMPLE={CrashPlan.Sample}.");
        for (var killed = 0; killed < kills; killed += KillsInAWorld)
        {
            await using var world = await CrashWorld.StartAsync(provider, azurite, pushesTime: true);
            var people = new Responders(world, CrashPlan.Sample + killed);
            var moments = new Random(CrashPlan.Sample + killed);
            for (var inWorld = 0; inWorld < Math.Min(KillsInAWorld, kills - killed); inWorld += KillsUntilQuiet)
            {
                var back = await KillAsync(world, people, moments);
                output.WriteLine($"{provider}, after {killed + inWorld + KillsUntilQuiet} kills: {world.Acknowledged} of {people.Deeds} deeds were acknowledged, quiet after {back} (slowness {world.Bot.Slowness:0.0})");
                Assert.True(back.Work < CrashRun.FinishedWithin * world.Bot.Slowness, $"It took {back}, on a machine {world.Bot.Slowness:0.0} times slower than an idle one.");
                slowest = back.Work > slowest.Work ? back : slowest;
            }

            (deeds, acknowledged) = (deeds + people.Deeds, acknowledged + world.Acknowledged);
            Assert.True(world.Acknowledged >= KillsUntilQuiet, "Hardly anything was acknowledged: this proves nothing.");
        }

        output.WriteLine($"| kill -9 under load | {provider} | {kills} kills, {deeds} deeds, {acknowledged} acknowledged commands | 0 | {slowest} |");
    }

    // People work while it dies again and again. They stop at the last death; gives how long it takes from then until all is as it should be.
    private static async Task<Recovery> KillAsync(CrashWorld world, Responders people, Random moments)
    {
        using var stop = new CancellationTokenSource();
        var (died, postedBefore) = (0L, Posted(world));
        var working = people.WorkAsync(stop.Token);
        for (var kill = 1; kill <= KillsUntilQuiet; kill++)
        {
            await Task.WhenAny(working, Task.Delay(TimeSpan.FromMilliseconds(moments.Next(300, 3000)), TimeProvider.System, TestContext.Current.CancellationToken));
            if (working.IsCompleted)
            {
                await working;
            }

            if (kill == KillsUntilQuiet)
            {
                await stop.CancelAsync();
            }

            await world.Bot.KillAsync();
            died = TimeProvider.System.GetTimestamp();
            postedBefore = Posted(world);
            await world.RestartAsync();
        }

        await working;
        await world.QuietAsync(mayWait: sentence => sentence.EndsWith(HalfDeclared, StringComparison.Ordinal));
        var back = new Recovery(TimeProvider.System.GetElapsedTime(died), Paced(postedBefore, Posted(world)));

        // Whoever was told nothing may declare it again for a while. A number that nobody came back for is voided then.
        world.LetPass(Reconciling.VoidAfter + TimeSpan.FromMinutes(1));
        await world.QuietAsync();
        return back;
    }
    private static Dictionary<string, int> Posted(CrashWorld world) =>
        world.Workspace.Look().Channels.ToDictionary(channel => channel.Id, channel => channel.Messages.Count(message => message.FromBot));

    // Slack takes a message a second and channel. What five lives left undone in one war room cannot be said faster, however soon the bot is back.
    private static TimeSpan Paced(Dictionary<string, int> before, Dictionary<string, int> after) =>
        TimeSpan.FromSeconds(Math.Max(0, after.Max(channel => channel.Value - before.GetValueOrDefault(channel.Key)) - PostsAtOnce));

    /// <param name="Whole">From the last death until nothing is missing.</param>
    /// <param name="Paced">How much of it the fullest channel had to wait for its turns.</param>
    private sealed record Recovery(TimeSpan Whole, TimeSpan Paced)
    {
        public TimeSpan Work => Whole - Paced;

        public override string ToString() => $"{Whole.TotalSeconds:0.0} s, {Paced.TotalSeconds:0} s of it at Slack's pace";
    }
}
