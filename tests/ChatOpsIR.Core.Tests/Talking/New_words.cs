using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Deciding : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task is_told_to_the_room()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "decide We roll back release 41", room);
        Assert.Contains($"posts in {RoomName}: INC-1: Decision by @8:ada: We roll back release 41", bot.Transcript);
    }

    [Fact]
    public async Task may_be_written_down_for_somebody_else()
    {
        var room = await bot.DeclaredAsync();
        Assert.Contains("Decision by @8:grace, as @8:ada wrote down: We roll back", await bot.AsksAsync(Ada, "decide by @grace We roll back", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task keeps_whoever_the_decision_speaks_of_in_its_words()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "decide We roll back and @grace does it", room);
        var decided = (await bot.FactsAsync(One)).OfType<DecisionRecorded>().Single();
        Assert.Equal((Ada, "We roll back and @grace does it"), (decided.DecidedBy, decided.Text));
    }

    [Fact]
    public async Task is_recorded_once_when_it_comes_twice()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "decide We roll back", room, cause: "same");
        Assert.Contains("Decision by @8:ada: We roll back", await bot.AsksAsync(Ada, "decide We roll back", room, cause: "same"), StringComparison.Ordinal);
        Assert.Single((await bot.FactsAsync(One)).OfType<DecisionRecorded>());
    }

    [Fact]
    public async Task by_form_says_who()
    {
        await bot.DeclaredAsync();
        await bot.SendsAsync(Ada, "decide", One, ("text", "We roll back"), ("people", Grace.ToString()));
        Assert.Contains(new DecisionRecorded(Grace, "We roll back"), await bot.FactsAsync(One));
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Saying_what_customers_feel : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("impact Cards are declined affects: one in five shops", "one in five shops")]
    [InlineData("impact Cards are declined", null)]
    [InlineData("impact Cards are declined affects:", null)]
    public async Task says_who_after_a_word_of_its_own(string line, string? affected)
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, line, room);
        Assert.Contains(new ImpactStated("Cards are declined", affected), await bot.FactsAsync(One));
    }

    [Fact]
    public async Task by_form_does_the_same()
    {
        await bot.DeclaredAsync();
        await bot.SendsAsync(Ada, "impact", One, ("text", "Cards are declined"), ("affected", "one in five shops"));
        Assert.Contains("Affected: one in five shops", await bot.AsksAsync(Ada, "status INC-1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", 301)]
    [InlineData("affected", 151)]
    public async Task at_too_great_length_is_asked_for_the_main_thing(string field, int length)
    {
        await bot.DeclaredAsync();
        var other = field == "text" ? "affected" : "text";
        var answer = await bot.SendsAsync(Ada, "impact", One, (other, "x"), (field, new string('x', length)));
        Assert.Contains("Say the main thing", Assert.IsType<Answer.Mend>(answer).Sentences[field], StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Inviting : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task brings_people_into_the_room_and_tells_them_where_it_is()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "invite @grace @linus", room);

        Assert.Contains($"invites grace, linus to {RoomName}", bot.Transcript);
        Assert.Contains($"posts in {RoomName}: INC-1: @8:ada invited @8:grace, @8:linus into the war room.", bot.Transcript);
        Assert.Contains("posts in linus: INC-1: @8:ada invited @8:grace, @8:linus into the war room.", bot.Transcript);
    }

    [Theory]
    [InlineData(PersonKind.Guest, "linus is a guest here")]
    [InlineData(PersonKind.Foreign, "linus belongs to another organisation")]
    public async Task is_refused_for_outsiders(PersonKind kind, string answer)
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Knows(new Person(Linus, "linus", null, kind));
        Assert.Contains(answer, await bot.AsksAsync(Ada, "invite @grace @linus", room), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.FactsAsync(One), fact => fact is PeopleInvited);
    }

    [Fact]
    public async Task into_a_private_incident_needs_somebody_to_vouch_for_them()
    {
        await bot.SaysAsync(Ada, "declare Payroll leaked private");
        bot.Hall.Troubles.Fail("looks up linus", new ChatOutcomeUnknownException("No answer."));
        Assert.Contains("I could not confirm just now that 8:linus is a member", await bot.AsksAsync(Ada, "invite INC-1 @linus"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task into_a_private_incident_shows_it_to_them()
    {
        await bot.SaysAsync(Ada, "declare Payroll leaked private");
        Assert.DoesNotContain("Payroll", await bot.AsksAsync(Linus, "list"), StringComparison.Ordinal);
        await bot.SaysAsync(Ada, "invite INC-1 @linus");
        Assert.Contains("Payroll", await bot.AsksAsync(Linus, "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task by_form_without_anybody_asks_whom()
    {
        await bot.DeclaredAsync();
        Assert.Equal("Fill this in.", Assert.IsType<Answer.Mend>(await bot.SendsAsync(Ada, "invite", One)).Sentences["people"]);
    }

    [Fact]
    public async Task before_there_is_a_room_waits_for_it()
    {
        using var waiting = new TestBot();
        await waiting.DeclaredAsync();
        await waiting.SaysAsync(Ada, "invite INC-1 @linus");
        waiting.Work();
        waiting.Bell.Ring(One);
        Assert.Contains($"invites ada, linus to {RoomName}", waiting.Transcript);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class Handing_over_in_the_room : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task briefs_the_room_and_the_new_holder_who_accepts_with_a_button()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "impact Cards are declined", room);
        await bot.SaysAsync(Ada, "handover @grace", room);

        foreach (var place in new[] { RoomName, "grace" })
        {
            var brief = PlainText.Of(bot.Hall.Rooms.Single(one => one.Name == place).Messages[^1].Card);
            Assert.Contains("@8:ada asked @8:grace to take over as Incident Manager.", brief, StringComparison.Ordinal);
            Assert.Contains("Impact Cards are declined", brief, StringComparison.Ordinal);
            Assert.Contains("[Accept the role > accept manager]", brief, StringComparison.Ordinal);
        }

        Assert.Equal([Ada], (await bot.IncidentAsync(One)).HoldersOf(RoleId.Manager));
        await bot.SaysAsync(Grace, "accept manager", room);
        Assert.Equal([Grace], (await bot.IncidentAsync(One)).HoldersOf(RoleId.Manager));
        Assert.Contains("posts in ada: INC-1: @8:grace is now Incident Manager.", bot.Transcript);
    }

    [Fact]
    public async Task by_form_does_the_same()
    {
        await bot.DeclaredAsync();
        await bot.SendsAsync(Ada, "handover", One, ("role", "manager"), ("people", Grace.ToString()));
        Assert.Contains(new HandoverOffered(RoleId.Manager, Ada, Grace), await bot.FactsAsync(One));
    }

    [Fact]
    public async Task before_there_is_a_room_briefs_both_once_it_opens()
    {
        using var waiting = new TestBot();
        await waiting.DeclaredAsync();
        await waiting.SaysAsync(Ada, "handover INC-1 @grace");
        waiting.Work();
        waiting.Bell.Ring(One);
        Assert.Contains($"posts in {RoomName}: INC-1: @8:ada asked @8:grace to take over as Incident Manager.", waiting.Transcript);
        Assert.Single(waiting.Transcript, line => line.StartsWith("posts in grace:", StringComparison.Ordinal));
    }

    public void Dispose() => bot.Dispose();
}
