using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class A_clock_that_is_set_forward : IDisposable
{
    private readonly SteppedTime time = new(Start);
    private readonly TestBot bot;

    public A_clock_that_is_set_forward() => bot = Running(time);

    [Fact]
    public async Task wears_out_nobody_s_patience()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}: INC-1: @8:ada noted", new ChatOutcomeUnknownException("No answer."), times: 2);
        await bot.SaysAsync(Ada, "note The vendor confirms", room);

        time.SetClock(TimeSpan.FromMinutes(31));
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty((await bot.IncidentAsync(One)).Pending);
        Assert.Single(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("vendor", StringComparison.Ordinal));
    }

    public void Dispose() => bot.Dispose();
}
