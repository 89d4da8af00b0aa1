using System.Globalization;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class A_page_that_names_many : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task asks_about_fifty_of_those_who_are_only_mentioned()
    {
        var page = new Introductions(bot.People);
        Assert.Equal(50, (await page.MeetMentionedAsync(Invented(200), Ct)).Count);
        Assert.Empty(await page.MeetMentionedAsync(Invented(250).Skip(200), Ct));
        Assert.Equal(50, bot.Hall.LookUps);
        Assert.True(page.LeftOut);
    }

    [Fact]
    public async Task names_everybody_who_is_known_however_many()
    {
        var known = Invented(120).ToArray();
        await Task.WhenAll(known.Select(person => bot.People.ResolveAsync(person, Ct)));
        var page = new Introductions(bot.People);
        Assert.Equal(120, (await page.MeetMentionedAsync(known, Ct)).Count);
        Assert.Equal(120, bot.Hall.LookUps);
        Assert.False(page.LeftOut);
    }

    [Fact]
    public async Task asks_about_whoever_speaks_when_there_were_too_many_mentions()
    {
        var page = new Introductions(bot.People);
        await page.MeetMentionedAsync(Invented(200), Ct);
        Assert.Equal("ada@north.example", (await page.MeetSpeakersAsync([Ada], Ct))[Ada]!.Email);
    }

    [Fact]
    public async Task asks_nobody_else_when_the_platform_has_not_answered_about_five()
    {
        var strangers = Invented(5).ToArray();
        foreach (var stranger in strangers)
        {
            bot.Hall.Troubles.Fail($"looks up {stranger.User[2..]}", new ChatRateLimitedException(TimeSpan.FromSeconds(30)));
        }

        var page = new Introductions(bot.People);
        Assert.All((await page.MeetMentionedAsync(strangers, Ct)).Values, Assert.Null);
        Assert.Empty(await page.MeetSpeakersAsync([Ada], Ct));
        Assert.Equal(5, bot.Hall.LookUps);
        Assert.True(page.LeftOut);
    }

    [Fact]
    public async Task stops_looking_for_names_when_thousands_are_nobody()
    {
        await bot.People.ResolveAsync(Ada, Ct);
        var page = new Introductions(bot.People);
        await page.MeetMentionedAsync(Invented(2_000), Ct);
        Assert.Empty(await page.MeetMentionedAsync([Ada], Ct));
        Assert.True(page.LeftOut);
    }

    public void Dispose() => bot.Dispose();

    private static IEnumerable<PersonId> Invented(int count) =>
        Enumerable.Range(0, count).Select(i => Ada with { User = string.Create(CultureInfo.InvariantCulture, $"8:nobody{i}") });
}
