using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class An_outsider : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("list")]
    [InlineData("status INC-1")]
    [InlineData("who INC-1")]
    [InlineData("update INC-1")]
    [InlineData("declare")]
    public async Task who_is_a_guest_reads_nothing(string line)
    {
        await bot.DeclaredAsync();
        bot.Hall.Knows(new Person(Linus, "linus", null, PersonKind.Guest));

        var answer = await bot.AsksAsync(Linus, line);
        Assert.Contains("Guests are recorded but may not command", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Checkout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task whom_the_platform_does_not_know_is_refused()
    {
        bot.Hall.Forgets(Linus);
        Assert.Contains("Your account is not known here", await bot.AsksAsync(Linus, "declare Lights out"), StringComparison.Ordinal);
        Assert.False((await bot.IncidentAsync(One)).Exists);
    }

    [Fact]
    public async Task may_still_get_help() =>
        Assert.Contains("/incident declare", await bot.AsksAsync(Linus, "help"), StringComparison.Ordinal);

    public void Dispose() => bot.Dispose();
}

public sealed class Somebody_whom_nobody_vouches_for_just_now : IDisposable
{
    private readonly TestBot bot = Running();

    [Fact]
    public async Task may_declare_since_that_cannot_wait()
    {
        Silent("linus");
        await bot.SaysAsync(Linus, "declare Lights out");
        Assert.True((await bot.IncidentAsync(One)).Exists);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("status INC-1")]
    [InlineData("note INC-1 hello")]
    [InlineData("role INC-1 scribe me")]
    public async Task is_asked_to_try_again(string line)
    {
        await bot.DeclaredAsync();
        Silent("linus");
        Assert.Contains("I could not confirm just now that you are a member", await bot.AsksAsync(Linus, line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task goes_on_with_the_incident_that_involves_them()
    {
        var room = await bot.DeclaredAsync();
        bot.Time.Advance(TimeSpan.FromHours(2));
        Silent("ada");
        await bot.SaysAsync(Ada, "update Errors are falling", room);
        Assert.Contains(await bot.FactsAsync(One), fact => fact is UpdatePosted);
    }

    private void Silent(string who) => bot.Hall.Troubles.Fail($"looks up {who}", new ChatOutcomeUnknownException("No answer."));

    public void Dispose() => bot.Dispose();
}

public sealed class Naming_somebody : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData(PersonKind.Guest, "linus is a guest here")]
    [InlineData(PersonKind.Bot, "linus is a bot or a closed account")]
    [InlineData(PersonKind.Foreign, "linus belongs to another organisation")]
    public async Task who_may_not_take_part_offers_no_role(PersonKind kind, string answer)
    {
        var room = await bot.DeclaredAsync();
        bot.Hall.Knows(new Person(Linus, "linus", null, kind));

        Assert.Contains(answer, await bot.AsksAsync(Ada, "role scribe @linus", room), StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.FactsAsync(One), fact => fact is RoleOffered);
    }

    [Fact]
    public async Task who_is_a_guest_does_not_hold_a_declaration_up_and_is_left_out_of_it()
    {
        bot.Hall.Knows(new Person(Linus, "linus", null, PersonKind.Guest));
        var answer = await bot.AsksAsync(Ada, "declare Takeover of Initech private @linus @grace");

        Assert.Contains("linus is a guest here", answer, StringComparison.Ordinal);
        Assert.Equal([Ada, Grace], (await bot.IncidentAsync(One)).People);
    }

    [Fact]
    public async Task whom_nobody_vouches_for_is_left_out_of_a_private_incident_only()
    {
        bot.Hall.Troubles.Fail("looks up linus", new ChatOutcomeUnknownException("No answer."));
        await bot.SaysAsync(Ada, "declare Takeover of Initech private @linus");
        Assert.Equal([Ada], (await bot.IncidentAsync(One)).People);

        bot.Hall.Troubles.Fail("looks up linus", new ChatOutcomeUnknownException("No answer."));
        await bot.SaysAsync(Ada, "declare Search is slow @linus");
        Assert.Equal([Ada, Linus], (await bot.IncidentAsync(new Record.IncidentId(2))).People);
    }

    public void Dispose() => bot.Dispose();
}
