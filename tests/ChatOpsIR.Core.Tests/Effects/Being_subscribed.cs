using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class Somebody_who_subscribed : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task to_an_incident_is_told_once_of_each_update()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        await bot.SaysAsync(Ada, "update Errors are falling", room);

        var told = PlainText.Of(Assert.Single(bot.Hall.Visible("grace")).Card);
        Assert.Contains("INC-1 SEV1: Checkout returns 500s", told, StringComparison.Ordinal);
        Assert.Contains("Errors are falling", told, StringComparison.Ordinal);
        Assert.Contains("Incident Manager: @8:ada", told, StringComparison.Ordinal);
        Assert.Contains("Next update: 2026-11-24 03:30 UTC", told, StringComparison.Ordinal);
        Assert.Contains($"War room: #{RoomName}. You are subscribed to INC-1.", told, StringComparison.Ordinal);
        Assert.Contains("[Unsubscribe from INC-1 > unsubscribe]", told, StringComparison.Ordinal);
        Assert.Equal([Grace], Results(await bot.FactsAsync(One))[^1].Told);
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }

    [Fact]
    public async Task to_a_severity_hears_of_what_is_as_bad_and_of_what_becomes_so()
    {
        await bot.SaysAsync(Grace, "subscribe sev:2");
        await bot.SaysAsync(Ada, "declare Search is slow sev:3");
        var room = bot.Hall.RoomOf("inc-1-search-is-slow").Id;
        await bot.SaysAsync(Ada, "update We look into it", room);
        Assert.Empty(bot.Hall.Visible("grace"));

        await bot.SaysAsync(Ada, "severity sev:2 more customers", room);
        Assert.Contains("changed the severity from SEV3 to SEV2", Assert.Single(Told("grace")), StringComparison.Ordinal);

        await bot.SaysAsync(Ada, "severity sev:3 fewer again", room);
        Assert.Single(Told("grace"));
    }

    [Fact]
    public async Task to_everything_hears_from_the_declaration_to_the_end_and_of_its_return()
    {
        await bot.SaysAsync(Grace, "subscribe all");
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve Rolled back", room);
        await bot.SaysAsync(Ada, "reopen It is back", room);
        await bot.SaysAsync(Ada, "note Nobody hears of this in person", room);

        Assert.Equal(["declared", "resolved", "reopened"], Told("grace").Select(text => text.Split(' ').First(word => word is "declared" or "resolved" or "reopened")));
        Assert.All(bot.Hall.Visible("grace"), message => Assert.Contains($"#{RoomName}", PlainText.Of(message.Card), StringComparison.Ordinal));
    }

    [Fact]
    public async Task in_several_ways_is_told_once()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        await bot.SaysAsync(Grace, "subscribe sev:2");
        await bot.SaysAsync(Grace, "subscribe all");
        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Single(Told("grace"));
    }

    [Fact]
    public async Task hears_nothing_more_after_they_unsubscribed()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        await bot.SaysAsync(Grace, "unsubscribe", room);
        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Empty(Told("grace"));
    }

    [Fact]
    public async Task hears_nothing_of_a_private_incident_that_does_not_involve_them()
    {
        await bot.SaysAsync(Grace, "subscribe all");
        await bot.SaysAsync(Linus, "subscribe all");
        await bot.SaysAsync(Ada, "declare Payroll data leaked sev:1 private @linus");
        await bot.SaysAsync(Ada, "update We know who has it", (await bot.IncidentAsync(One)).Room!.Id);

        Assert.Empty(Told("grace"));
        Assert.Equal(2, Told("linus").Count(text => text.StartsWith("INC-1 SEV1: Payroll data leaked.", StringComparison.Ordinal)));
        Assert.All(Results(await bot.FactsAsync(One)), result => Assert.DoesNotContain(result.NotTold, one => one.Person == Grace));
    }

    [Theory]
    [InlineData(PersonKind.Guest)]
    [InlineData(PersonKind.Bot)]
    [InlineData(PersonKind.Foreign)]
    public async Task and_left_hears_nothing(PersonKind kind)
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Grace, "subscribe", room);
        bot.Hall.Knows(new Person(Grace, "grace", null, kind));
        bot.Time.Advance(TimeSpan.FromHours(2));
        await bot.SaysAsync(Ada, "update Errors are falling", room);

        Assert.Empty(Told("grace"));
        Assert.Equal([new NotTold(Grace, "not-a-member")], Results(await bot.FactsAsync(One))[^1].NotTold);
    }

    public void Dispose() => bot.Dispose();

    private static SubscribersTold[] Results(IEnumerable<Fact> facts) => [.. facts.OfType<SubscribersTold>()];

    private string[] Told(string person) => [.. bot.Hall.Visible(person).Select(message => message.Card.Summary)];
}
