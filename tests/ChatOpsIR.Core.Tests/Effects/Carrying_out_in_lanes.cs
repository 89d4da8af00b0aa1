using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class Effects_for_one_destination : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task wait_for_each_other_in_the_order_of_intent()
    {
        var hold = bot.Hall.Troubles.Hold($"reads {RoomName}");
        await bot.DeclaredAsync();
        Assert.DoesNotContain(bot.Transcript, line => line.StartsWith($"posts in {RoomName}", StringComparison.Ordinal));

        hold.SetResult();
        Assert.Equal(
            [$"opens room {RoomName}", $"reads {RoomName}", $"posts in {RoomName}: INC-1 Checkout returns 500s. SEV1, open.", $"pins m/1 in {RoomName}"],
            bot.Transcript.Where(line => line.Contains(RoomName, StringComparison.Ordinal) && line.Split(' ')[0] is "opens" or "reads" or "posts" or "pins"));
    }

    [Fact]
    public async Task hold_up_no_other_destination()
    {
        bot.Hall.Troubles.Hold($"posts in {RoomName}");
        await bot.DeclaredAsync();

        Assert.Contains(bot.Transcript, line => line.StartsWith("posts in ada", StringComparison.Ordinal));
        Assert.Contains(bot.Transcript, line => line.StartsWith("posts in notices", StringComparison.Ordinal));
        Assert.Contains(bot.Transcript, line => line.StartsWith("invites ada", StringComparison.Ordinal));
    }

    [Fact]
    public async Task promised_while_others_are_under_way_begin_at_once_elsewhere()
    {
        bot.Hall.Troubles.Hold("posts in notices");
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role scribe @grace", room);

        Assert.Contains("posts in grace: You are asked to be Scribe of INC-1. Checkout returns 500s", bot.Transcript);
    }

    [Fact]
    public async Task leave_nothing_pending()
    {
        await bot.DeclaredAsync();
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
        Assert.True(bot.Runner.QuietAsync().IsCompletedSuccessfully);
        Assert.Empty(bot.Reports);
    }

    public void Dispose() => bot.Dispose();
}
