using System.Globalization;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Somebody_who_commands : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_asked_about_once_an_hour()
    {
        await bot.People.ResolveAsync(Ada, Ct);
        bot.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("ada@north.example", (await bot.People.ResolveAsync(Ada, Ct))!.Email);
        Assert.Equal(1, bot.Hall.LookUps);

        bot.Time.Advance(TimeSpan.FromMinutes(2));
        await bot.People.ResolveAsync(Ada, Ct);
        Assert.Equal(2, bot.Hall.LookUps);
    }

    [Fact]
    public async Task has_no_account_for_five_minutes_without_being_asked_about_again()
    {
        bot.Hall.Forgets(Linus);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(PersonKind.Unknown, (await bot.People.ResolveAsync(Linus, Ct))!.Kind);
        }

        Assert.Equal(1, bot.Hall.LookUps);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await bot.People.ResolveAsync(Linus, Ct);
        Assert.Equal(2, bot.Hall.LookUps);
    }

    [Fact]
    public async Task has_no_account_and_is_forgotten_when_ten_thousand_others_have_none()
    {
        bot.Hall.Forgets(Linus);
        await bot.People.ResolveAsync(Linus, Ct);
        for (var i = 0; i < 10_000; i++)
        {
            var stranger = Linus with { User = string.Create(CultureInfo.InvariantCulture, $"8:{i}") };
            bot.Hall.Forgets(stranger);
            await bot.People.ResolveAsync(stranger, Ct);
        }

        await bot.People.ResolveAsync(Linus, Ct);
        Assert.Equal(10_002, bot.Hall.LookUps);
    }

    [Fact]
    public async Task stays_unknown_when_the_platform_takes_too_long()
    {
        bot.Hall.Troubles.Hold("looks up ada");
        var resolving = bot.People.ResolveAsync(Ada, Ct);
        bot.Time.Advance(TimeSpan.FromMilliseconds(699));
        Assert.False(resolving.IsCompleted);

        bot.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await resolving);
    }

    public static TheoryData<string> Troubles => ["rate limited", "unknown", "refused"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task stays_unknown_when_the_platform_does_not_say(string trouble)
    {
        bot.Hall.Troubles.Fail("looks up ada", trouble switch
        {
            "rate limited" => new ChatRateLimitedException(TimeSpan.FromSeconds(1)),
            "unknown" => new ChatOutcomeUnknownException("No answer."),
            _ => new ChatRefusedException("forbidden", "Not allowed."),
        });

        Assert.Null(await bot.People.ResolveAsync(Ada, Ct));
        Assert.NotNull(await bot.People.ResolveAsync(Ada, Ct));
    }

    [Fact]
    public async Task from_a_platform_we_are_not_connected_to_stays_unknown() =>
        Assert.Null(await bot.People.ResolveAsync(new PersonId("elsewhere", "T", "U"), Ct));

    [Fact]
    public async Task may_not_close_while_nobody_vouches_for_them_and_may_all_the_rest()
    {
        bot.Hall.Knows(new Person(Ada, "ada", Email: null, PersonKind.Member));
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve INC-1 done");

        Assert.Contains("I could not confirm who you are, and close needs that.", await bot.AsksAsync(Ada, "close INC-1"), StringComparison.Ordinal);
        Assert.True((await bot.IncidentAsync(One)).Status is Incidents.Status.Resolved);
    }

    [Theory]
    [InlineData(PersonKind.Guest, "Guests")]
    [InlineData(PersonKind.Bot, "Bots")]
    [InlineData(PersonKind.Foreign, "another organisation")]
    public async Task and_is_no_member_is_refused_as_the_platform_or_the_request_says(PersonKind kind, string answer)
    {
        bot.Hall.Knows(new Person(Linus, "linus", "linus@north.example", kind));
        Assert.Contains(answer, await bot.AsksAsync(Linus, "declare Lights out"), StringComparison.Ordinal);

        var said = bot.Line(Grace, "declare Lights out") with { Kind = kind };
        var shown = Assert.IsType<Chat.Answer.Show>(await bot.Desk.SayAsync(said, Ct));
        Assert.False(shown.Done);
        Assert.Contains(answer, shown.Card.Summary, StringComparison.Ordinal);
        Assert.False((await bot.IncidentAsync(One)).Exists);
    }

    public void Dispose() => bot.Dispose();
}
