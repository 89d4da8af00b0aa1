using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class What_a_shut_war_room_cannot_be_told : IDisposable
{
    private const string Why = "INC-1: Not done: The house closed that room. Open it again. (closed)";
    private static readonly ChatRefusedException Shut = new("closed", "The house closed that room. Open it again.");

    private readonly TestBot bot = Running();

    [Fact]
    public async Task reaches_the_manager_in_person()
    {
        await ShutAsync(times: 1);
        await bot.SaysAsync(Ada, "update INC-1 We roll back");

        var told = Assert.Single(ToldInPerson("ada"), text => text.StartsWith(Why, StringComparison.Ordinal));
        Assert.Contains("The war room was not told: Status update by @8:ada:\nWe roll back", told, StringComparison.Ordinal);
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task reaches_the_manager_once_until_the_room_takes_something_again()
    {
        await ShutAsync(times: 3);
        foreach (var line in new[] { "note INC-1 One", "note INC-1 Two", "note INC-1 Three" })
        {
            await bot.SaysAsync(Ada, line);
        }

        Assert.Equal([true, false, false], (await bot.FactsAsync(One)).OfType<EffectFailed>().Select(failed => failed.Told));
        Assert.Single(ToldInPerson("ada"), text => text.StartsWith(Why, StringComparison.Ordinal));

        await bot.SaysAsync(Ada, "note INC-1 Four");
        await ShutAsync(times: 1);
        await bot.SaysAsync(Ada, "note INC-1 Five");
        Assert.Equal(2, ToldInPerson("ada").Count(text => text.StartsWith(Why, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task reaches_the_manager_when_it_is_the_live_card()
    {
        bot.Hall.Troubles.Fail($"posts in {RoomName}", Shut, times: 2);
        await bot.DeclaredAsync();

        Assert.Single(ToldInPerson("ada"), text => text.StartsWith(Why, StringComparison.Ordinal));
    }

    [Fact]
    public void reaches_whoever_declared_where_nobody_manages()
    {
        var told = Scenario.Given(Scenario.Declared() with { Manager = null }, Scenario.Opened());
        var card = told.Incident.Pending.Single(pending => pending.Effect is PostCard).Key;

        var failed = told.And(new EffectFailed(card, 1, "closed", Told: true, "Shut."), Scenario.Start);
        Assert.Contains(failed.Incident.Pending, pending => pending.Effect == new TellPerson(Scenario.Ada));
    }

    [Fact]
    public async Task ends_there_when_the_manager_cannot_be_told_either()
    {
        await ShutAsync(times: 100);
        bot.Hall.Troubles.Fail("posts in ada", Shut, times: 100);
        await bot.SaysAsync(Ada, "update INC-1 We roll back");

        Assert.Equal([true, false], (await bot.FactsAsync(One)).OfType<EffectFailed>().Select(failed => failed.Told));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task ends_there_too_when_it_was_that_somebody_could_not_be_told_in_person()
    {
        await ShutAsync(times: 100);
        bot.Hall.Troubles.Fail("posts in ada", Shut, times: 100);
        bot.Hall.Troubles.Fail("posts in grace", Shut, times: 100);
        await bot.SaysAsync(Ada, "invite INC-1 @grace");

        var failed = (await bot.FactsAsync(One)).OfType<EffectFailed>().ToArray();
        Assert.Equal((2, 4), (failed.Count(one => one.Told), failed.Length));
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task is_shown_to_the_manager_with_the_choice_where_nobody_can_tell_whether_it_was_told()
    {
        await bot.DeclaredAsync();
        bot.Hall.Troubles.Fail($"posts in {RoomName}", new ChatOutcomeUnknownException("No answer."));
        bot.Hall.Troubles.Fail($"looks in {RoomName}", new ChatCannotLookException("unreadable", "The room cannot be read."));
        await bot.SaysAsync(Ada, "update INC-1 We roll back");
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        var held = Assert.Single((await bot.IncidentAsync(One)).Pending);
        var told = Assert.Single(ToldInPerson("ada"), text => text.Contains("The room cannot be read.", StringComparison.Ordinal));
        Assert.Contains($"release {held.Key}", told, StringComparison.Ordinal);
        Assert.Contains("We roll back", told, StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();

    private IEnumerable<string> ToldInPerson(string name) => bot.Hall.Visible(name).Select(message => PlainText.Of(message.Card));

    private async Task ShutAsync(int times)
    {
        if (!(await bot.IncidentAsync(One)).Exists)
        {
            await bot.DeclaredAsync();
        }

        bot.Hall.Troubles.Fail($"posts in {RoomName}", Shut, times);
    }
}
