using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
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
    public async Task are_looked_for_also_when_a_human_puts_another_in_front_meanwhile()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}: INC-1: @8:ada noted", new ChatCannotLookException("unreadable", "cannot be listed"));
        await bot.SaysAsync(Ada, "note First thing", room);
        var held = Assert.Single((await bot.IncidentAsync(One)).Pending, pending => pending.Held);
        bot.Hall.Troubles.Lose($"posts in {RoomName}: INC-1: @8:ada noted");
        await bot.SaysAsync(Ada, "note Second thing", room);

        await bot.Streams.Of(One).SettleAsync(Streams.Orders.Order("looked", new EffectReleased(held.Key)), TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty((await bot.IncidentAsync(One)).Pending);
        Assert.Single(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("First thing", StringComparison.Ordinal));
        Assert.Single(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("Second thing", StringComparison.Ordinal));
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

public sealed class A_destination_where_nothing_works : IDisposable
{
    private static readonly ChatOutcomeUnknownException NoAnswer = new("No answer.");

    private readonly TestBot bot = Running();

    [Fact]
    public async Task takes_no_other_with_it()
    {
        var hold = bot.Hall.Troubles.Hold("posts in notices");
        bot.Hall.Troubles.Fail("invites", new InvalidOperationException("A fault."), times: 3);
        await bot.DeclaredAsync();
        hold.SetResult();

        Assert.DoesNotContain(bot.Transcript, line => line.StartsWith("looks", StringComparison.Ordinal));
        Assert.IsType<InviteToRoom>(Assert.Single((await bot.IncidentAsync(One)).Pending).Effect);
    }

    [Fact]
    public async Task is_tried_again_and_reported_each_time()
    {
        bot.Hall.Troubles.Fail("invites", new InvalidOperationException("A fault."), times: 3);
        await bot.DeclaredAsync();
        Later(seconds: 20);

        Assert.Equal(3, bot.Reports.Count);
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task does_not_keep_the_room_from_hearing_the_news_when_it_is_the_pin()
    {
        bot.Hall.Troubles.Fail("pins", NoAnswer, times: 100);
        await bot.SaysAsync(Ada, "update All quiet", await bot.DeclaredAsync());

        Assert.Contains(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("All quiet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_given_up_after_a_while_when_nothing_waits_for_it()
    {
        bot.Hall.Troubles.Fail("pins", NoAnswer, times: 100);
        await bot.DeclaredAsync();
        Later(seconds: 400);

        var failed = Assert.Single((await bot.FactsAsync(One)).OfType<EffectFailed>());
        Assert.Equal(("no_answer", true), (failed.Code, failed.Told));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_left_to_a_human_after_half_an_hour_when_it_matters()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}: INC-1: @8:ada noted", NoAnswer, times: 1000);
        await bot.SaysAsync(Ada, "note The vendor confirms", room);
        Later(seconds: 29 * 60);
        Assert.False(Assert.Single((await bot.IncidentAsync(One)).Pending).Held);

        Later(seconds: 2 * 60);
        Assert.True(Assert.Single((await bot.IncidentAsync(One)).Pending, pending => pending.Effect is TellRoom).Held);
    }

    public void Dispose() => bot.Dispose();

    private void Later(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}

public sealed class What_is_said_before_there_is_a_room : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_told_in_it_when_it_opens_after_all()
    {
        bot.Hall.Troubles.Fail("opens", new ChatCannotLookException("unreadable", "The rooms cannot be listed."));
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note INC-1 The vendor confirms");
        Assert.Empty((await bot.FactsAsync(One)).OfType<EffectFailed>());

        var held = Assert.Single((await bot.IncidentAsync(One)).Pending, pending => pending.Held);
        await bot.Streams.Of(One).SettleAsync(Streams.Orders.Order("looked", new EffectReleased(held.Key)), TestContext.Current.CancellationToken);

        Assert.Contains(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("vendor", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    public void Dispose() => bot.Dispose();
}
