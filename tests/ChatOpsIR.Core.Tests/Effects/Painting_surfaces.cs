using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class The_live_card : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_painted_once_for_many_changes()
    {
        var room = await bot.DeclaredAsync();
        var hold = bot.Hall.Troubles.Hold("repaints");
        foreach (var line in (string[])["severity sev:2", "severity sev:3", "severity sev:4", "update All quiet"])
        {
            await bot.SaysAsync(Ada, line, room);
        }

        hold.SetResult();
        Assert.Equal(2, Repaints());
        Assert.Contains("SEV4", bot.Hall.Visible(RoomName).First().Card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_not_painted_when_it_would_look_the_same()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "note Something on record", room);
        await bot.Desk.RecordAsync(bot.Hall.Says(Grace, RoomName, "hello"), TestContext.Current.CancellationToken);

        Assert.Equal(0, Repaints());
    }

    [Fact]
    public async Task is_painted_again_for_the_same_words_of_another_second()
    {
        var room = await bot.DeclaredAsync();
        foreach (var seconds in new[] { 1, 2 })
        {
            bot.Time.Advance(TimeSpan.FromSeconds(seconds));
            await bot.SaysAsync(Ada, "update All quiet", room);
            Assert.Equal(seconds, Repaints());
        }
    }

    [Fact]
    public async Task is_painted_again_after_a_change_that_the_process_did_not_live_to_paint()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Hold("repaints");
        await bot.SaysAsync(Ada, "severity sev:2", room);
        bot.Stop();
        using var next = bot.Beside();
        next.Work();
        await next.Reconciling.RunAsync(TestContext.Current.CancellationToken);
        bot.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("SEV2", bot.Hall.Visible(RoomName).First().Card.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_may_not_be_painted_is_told_once_and_left_until_it_changes_again()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail("repaints", new ChatRefusedException("gone", "The card is gone."), times: 2);
        await bot.SaysAsync(Ada, "severity sev:2", room);
        bot.Bell.Ring(One);
        bot.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Repaints());
        Assert.Equal("gone: The card is gone.", Assert.Single(bot.Reports).Message);

        await bot.SaysAsync(Ada, "severity sev:3", room);
        Assert.Equal(2, Repaints());
        Assert.Equal(2, bot.Reports.Count);
    }

    [Fact]
    public async Task that_may_not_be_painted_is_told_apart_from_a_topic_that_may_not_be_set()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail("repaints", new ChatRefusedException("gone", "The card is gone."));
        bot.Hall.Troubles.Fail("sets the topic", new ChatRefusedException("forbidden", "The topic is not ours."));
        await bot.SaysAsync(Ada, "severity sev:2", room);

        Assert.Equal(["gone: The card is gone.", "forbidden: The topic is not ours."], bot.Reports.Select(problem => problem.Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task that_must_wait_is_painted_later_and_holds_up_nothing(bool unknown)
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Hold("posts in notices");
        bot.Hall.Troubles.Fail("repaints", unknown ? new ChatOutcomeUnknownException("No answer.") : new ChatRateLimitedException(TimeSpan.FromSeconds(10)));
        await bot.SaysAsync(Ada, "severity sev:2", room);
        Assert.StartsWith($"posts in {RoomName}", bot.Transcript.Last(line => line.Split(' ')[0] is not ("repaints" or "sets")), StringComparison.Ordinal);

        bot.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, Repaints());
        Assert.Equal(unknown ? 1 : 0, bot.Reports.Count);
    }

    [Fact]
    public async Task that_cannot_be_painted_leaves_the_topic_to_be_painted()
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail("repaints", new ChatOutcomeUnknownException("No answer."), times: 100);
        await bot.SaysAsync(Ada, "severity sev:2", room);

        Assert.Contains("SEV2", bot.Transcript.Last(line => line.StartsWith("sets the topic", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();

    private int Repaints() => bot.Transcript.Count(line => line.StartsWith("repaints", StringComparison.Ordinal));
}
