using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Costs;

/// <summary>What people feel in the first minute: the bot as it runs from one command, the playground inside it.</summary>
[Collection(nameof(Crashes.Crashes))] // nothing else may run beside it
public sealed class The_demo(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private RunningBot bot = null!;

    public async ValueTask InitializeAsync() => bot = await RunningBot.StartAsync("--Logging:LogLevel:Default=None");

    [Fact]
    public async Task answers_a_command_within_a_tenth_of_a_second_and_opens_a_room_within_two()
    {
        await bot.TypesAsync("mara", "incidents", "/incident list");

        var declared = Clock.GetTimestamp();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.IsToldAsync("INC-1", "Checkout returns 500s");
        await bot.RoomOpensAsync("INC-1");
        await RunningBot.EventuallyAsync("the card stands in the room", async () =>
            (await bot.Http.GetStringAsync("/playground?as=mara&c=inc-1-checkout-returns-500s", TestContext.Current.CancellationToken)).Contains("Post update", StringComparison.Ordinal));
        var opened = Clock.GetElapsedTime(declared);

        var answers = new List<TimeSpan>();
        foreach (var _ in Enumerable.Range(0, 51))
        {
            var asked = Clock.GetTimestamp();
            await bot.TypesAsync("mara", "incidents", "/incident status INC-1");
            answers.Add(Clock.GetElapsedTime(asked));
        }

        var median = answers.Order().ElementAt(answers.Count / 2);
        output.WriteLine($"room with card after {opened.TotalMilliseconds:0} ms, a command at the median after {median.TotalMilliseconds:0.0} ms");
        Assert.True(median < TimeSpan.FromMilliseconds(100), $"The median answer took {median.TotalMilliseconds:0} ms.");
        Assert.True(opened < TimeSpan.FromSeconds(2), $"The room with its card stood after {opened.TotalMilliseconds:0} ms.");
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();
}
