using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class A_first_attempt : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task does_not_look_whether_it_was_made_before()
    {
        await bot.DeclaredAsync();
        Assert.DoesNotContain(bot.Transcript, line => line.StartsWith("looks", StringComparison.Ordinal));
    }

    public void Dispose() => bot.Dispose();
}

public sealed class A_later_attempt : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task looks_first_and_adopts_what_is_there()
    {
        bot.Hall.Troubles.Lose("posts in notices");
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["posts in notices: INC-1 SEV1: Checkout returns 500s", "looks in notices"], Notices());
        Assert.Single(bot.Hall.Visible("notices"));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task looks_first_and_repeats_what_is_not_there()
    {
        bot.Hall.Troubles.Fail("posts in notices", new ChatOutcomeUnknownException("No answer."));
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, Notices().Count());
        Assert.Single(bot.Hall.Visible("notices"));
    }

    [Fact]
    public async Task waits_longer_each_time()
    {
        bot.Hall.Troubles.Fail("posts in notices", new ChatOutcomeUnknownException("No answer."), times: 6);
        await bot.DeclaredAsync();
        foreach (var seconds in new[] { 1, 3, 10, 30, 60, 60 })
        {
            var before = Posts();
            bot.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(before, Posts());
            bot.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(before + 1, Posts());
        }

        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task adopts_a_room_that_an_unanswered_attempt_opened()
    {
        bot.Hall.Troubles.Lose("opens");
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(bot.Hall.Rooms, room => room.Name.StartsWith("inc-1", StringComparison.Ordinal));
        Assert.Equal(RoomName, (await bot.IncidentAsync(One)).Room!.Name);
    }

    [Fact]
    public async Task leaves_a_room_alone_that_another_incident_has()
    {
        bot.Hall.Troubles.Lose("opens");
        await bot.DeclaredAsync();
        await bot.Directory.PutRoomAsync(bot.Hall.RoomOf(RoomName).Id, new IncidentId(99), TestContext.Current.CancellationToken);
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"{RoomName}-{TranscriptPlatform.House}", (await bot.IncidentAsync(One)).Room!.Name);
    }

    [Fact]
    public async Task paints_the_card_that_it_adopts()
    {
        bot.Hall.Troubles.Lose($"posts in {RoomName}");
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "severity INC-1 sev:2");
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("SEV2", bot.Hall.Visible(RoomName).First().Card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task begins_when_the_platform_says_it_may()
    {
        bot.Hall.Troubles.Fail("posts in notices", new ChatRateLimitedException(TimeSpan.FromSeconds(30)));
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(bot.Hall.Visible("notices"));

        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(bot.Hall.Visible("notices"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(50 * 24 * 3600, 3600)]
    public async Task begins_within_reason_whatever_the_platform_says(int asked, int waits)
    {
        bot.Hall.Troubles.Fail("posts in notices", new ChatRateLimitedException(TimeSpan.FromSeconds(asked)));
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(waits - 0.1));
        Assert.Empty(bot.Hall.Visible("notices"));

        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(bot.Hall.Visible("notices"));
    }

    [Fact]
    public async Task keeps_the_lease_for_as_long_as_it_waits()
    {
        using var other = bot.Beside();
        bot.Hall.Troubles.Fail("posts in notices", new ChatRateLimitedException(TimeSpan.FromSeconds(30)));
        await bot.DeclaredAsync();
        other.Work();
        other.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(2, Posts());
        Assert.Single(bot.Hall.Visible("notices"));
    }

    public void Dispose() => bot.Dispose();

    private IEnumerable<string> Notices() => bot.Transcript.Where(line => line.Contains(" notices", StringComparison.Ordinal));

    private int Posts() => bot.Transcript.Count(line => line.StartsWith("posts in notices", StringComparison.Ordinal));
}

public sealed class A_post_whose_echo_does_not_say_what_it_carries_out : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_done_by_its_answer_and_made_once()
    {
        var room = await bot.DeclaredAsync();
        EchoWithoutKeyBeforeTheAnswer();
        await bot.SaysAsync(Ada, "note The vendor confirms", room);

        Assert.Single(bot.Hall.Visible(RoomName), message => message.Card.Summary.Contains("vendor", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_known_as_the_live_card()
    {
        var hold = bot.Hall.Troubles.Hold($"posts in {RoomName}");
        await bot.DeclaredAsync();
        EchoWithoutKeyBeforeTheAnswer();
        hold.SetResult();

        Assert.Equal(bot.Hall.Visible(RoomName).Single().Id, (await bot.IncidentAsync(One)).Card?.Message.Id);
    }

    public void Dispose() => bot.Dispose();

    private void EchoWithoutKeyBeforeTheAnswer() => bot.Hall.Posted = message =>
    {
        bot.Hall.Posted = null;
        var echo = bot.Hall.EchoOf(message);
        return bot.Desk.RecordAsync(echo with { Record = echo.Record with { Effect = null } }, TestContext.Current.CancellationToken);
    };
}
