using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class A_refused_effect : IDisposable
{
    private static readonly ChatRefusedException Forbidden = new("forbidden", "The bot may not do that. Ask the house's steward to let it.");

    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_recorded_and_told_in_the_room()
    {
        bot.Hall.Troubles.Fail("posts in notices", Forbidden);
        await bot.DeclaredAsync();

        var failed = Assert.Single((await bot.FactsAsync(One)).OfType<EffectFailed>());
        Assert.Equal(("forbidden", true), (failed.Code, failed.Told));
        Assert.Contains($"posts in {RoomName}: INC-1: Not done: The bot may not do that. Ask the house's steward to let it. (forbidden)", bot.Transcript);
    }

    [Theory]
    [InlineData("invites")]
    [InlineData("pins")]
    [InlineData("posts in ada")]
    [InlineData("posts in notices")]
    [InlineData("sets the topic")]
    public async Task stops_nothing_else(string line)
    {
        bot.Hall.Troubles.Fail(line, Forbidden);
        await bot.DeclaredAsync();

        Assert.Equal(["opens", "reads", "invites", "posts", "posts", "sets", "posts", "pins"], bot.Transcript
            .Where(done => !done.Contains("Not done", StringComparison.Ordinal)).Select(done => done.Split(' ')[0]));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task that_was_to_read_the_room_stops_nothing_else_and_the_room_is_read_again()
    {
        bot.Hall.Troubles.Fail("reads", Forbidden);
        await bot.DeclaredAsync();

        Assert.Equal(2, bot.Transcript.Count(done => done.StartsWith("reads", StringComparison.Ordinal)));
        Assert.Contains(bot.Transcript, done => done.StartsWith("pins", StringComparison.Ordinal));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_told_to_the_manager_in_person_when_there_is_no_room()
    {
        bot.Hall.Troubles.Fail("opens", Forbidden);
        await bot.DeclaredAsync();

        Assert.Equal(
            [$"opens room {RoomName}", "posts in ada: INC-1: Not done: The bot may not do that. Ask the house's steward to let it. (forbidden)"],
            bot.Transcript);
    }

    [Fact]
    public async Task names_those_who_could_not_be_invited()
    {
        await bot.People.ResolveAsync(Linus, TestContext.Current.CancellationToken);
        bot.Hall.Knows(new Person(Linus, "linus", null, PersonKind.Foreign));
        await bot.SaysAsync(Ada, "declare Checkout returns 500s @linus @grace");

        Assert.Single((await bot.FactsAsync(One)).OfType<EffectDone>(), done => done is { Code: "partly", Explanation: "linus is not of this house." });
    }

    public void Dispose() => bot.Dispose();
}

public sealed class An_effect_that_nobody_can_tell_happened : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_held_and_the_room_is_asked_to_look()
    {
        await HeldAsync();

        Assert.Contains($"posts in {RoomName}: INC-1: Not sure whether it was done: The board cannot be read. Look, then choose.", bot.Transcript);
        Assert.True(Assert.Single((await bot.IncidentAsync(One)).Pending).Held);
    }

    [Fact]
    public async Task is_not_tried_again_by_itself()
    {
        await HeldAsync();
        var told = bot.Transcript.Count;
        bot.Time.Advance(TimeSpan.FromMinutes(20));
        bot.Bell.Ring(One);

        Assert.Equal(told, bot.Transcript.Count);
    }

    [Fact]
    public async Task is_tried_once_a_human_has_looked_and_released_it_though_we_still_may_not_look()
    {
        await HeldAsync();
        bot.Hall.Troubles.Fail("looks in notices", new ChatCannotLookException("unreadable", "The board cannot be read."));
        var button = bot.Hall.Visible(RoomName).SelectMany(message => message.Card.Parts.OfType<Chat.Buttons>()).SelectMany(row => row.Items)
            .Single(one => one.Command.StartsWith("release", StringComparison.Ordinal));
        var told = bot.Transcript.Count;
        await bot.SaysAsync(Ada, button.Command, bot.Hall.RoomOf(RoomName).Id);

        Assert.Equal(["looks in notices", "posts in notices: INC-1 SEV1: Checkout returns 500s"], bot.Transcript.Skip(told));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_not_done_twice_where_the_human_who_released_it_overlooked_it()
    {
        bot.Hall.Troubles.Lose("posts in notices");
        bot.Hall.Troubles.Fail("looks in notices", new ChatCannotLookException("unreadable", "The board cannot be read."));
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.SaysAsync(Ada, $"release {Assert.Single((await bot.IncidentAsync(One)).Pending).Key}", bot.Hall.RoomOf(RoomName).Id);

        Assert.Single(bot.Hall.Visible("notices"));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_looked_for_after_a_released_attempt_was_not_answered_either()
    {
        await HeldAsync();
        bot.Hall.Troubles.Lose("posts in notices");
        await bot.SaysAsync(Ada, $"release {Assert.Single((await bot.IncidentAsync(One)).Pending).Key}", bot.Hall.RoomOf(RoomName).Id);
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("looks in notices", bot.Transcript[^1]);
        Assert.Single(bot.Hall.Visible("notices"));
    }

    [Fact]
    public async Task is_released_by_nobody_but_the_manager()
    {
        await HeldAsync();
        var key = Assert.Single((await bot.IncidentAsync(One)).Pending).Key;

        Assert.Contains("Only the Incident Manager", await bot.AsksAsync(Grace, $"release {key}", bot.Hall.RoomOf(RoomName).Id), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();

    private async Task HeldAsync()
    {
        bot.Hall.Troubles.Fail("posts in notices", new ChatOutcomeUnknownException("No answer."));
        bot.Hall.Troubles.Fail("looks in notices", new ChatCannotLookException("unreadable", "The board cannot be read."));
        await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(1));
    }
}
