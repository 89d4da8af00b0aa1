using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Talking;

public sealed class Subscribing_in_words : IDisposable
{
    private readonly TestBot bot = Running();

    [Theory]
    [InlineData("subscribe sev:2", "SEV2 and up")]
    [InlineData("subscribe sev2", "SEV2 and up")]
    [InlineData("follow sev:1", "SEV1")]
    [InlineData("subscribe all", "every incident")]
    [InlineData("subscribe INC-1", "INC-1")]
    public async Task answers_with_what_one_is_subscribed_to(string line, string topic)
    {
        await bot.DeclaredAsync();
        Assert.StartsWith($"You are subscribed to {topic}.", await bot.AsksAsync(Grace, line), StringComparison.Ordinal);
        Assert.StartsWith($"You are subscribed to {topic}.", await bot.AsksAsync(Grace, line), StringComparison.Ordinal);
        Assert.Contains($"You are subscribed to {topic}.", await bot.AsksAsync(Grace, "subscribe list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task means_the_incident_in_its_war_room()
    {
        var room = await bot.DeclaredAsync();
        Assert.StartsWith("You are subscribed to INC-1.", await bot.AsksAsync(Grace, "subscribe", room), StringComparison.Ordinal);
        Assert.StartsWith("You are not subscribed to INC-1.", await bot.AsksAsync(Grace, "unsubscribe", room), StringComparison.Ordinal);
    }

    [Fact]
    public async Task asks_by_form_elsewhere()
    {
        Assert.Equal("form Subscribe: text", await bot.AsksAsync(Grace, "subscribe"));
        var answer = await bot.SendsAsync(Grace, "subscribe", null, ("text", "sev2"));
        Assert.StartsWith("You are subscribed to SEV2 and up.", PlainText.Of(Assert.IsType<Answer.Show>(answer).Card), StringComparison.Ordinal);

        Assert.Equal("form Unsubscribe: text", await bot.AsksAsync(Grace, "unsubscribe"));
        await bot.SendsAsync(Grace, "unsubscribe", null, ("text", "all"));
        Assert.Contains("You are subscribed to nothing.", await bot.AsksAsync(Grace, "unsubscribe"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task wants_an_empty_form_filled_in() => Assert.IsType<Answer.Mend>(await bot.SendsAsync(Grace, "subscribe", null));

    [Theory]
    [InlineData("subscribe everybody")]
    [InlineData("unsubscribe nonsense")]
    [InlineData("subscribe sev:9")]
    public async Task says_what_there_is_to_subscribe_to(string line) =>
        Assert.Contains("subscribe all", await bot.AsksAsync(Grace, line), StringComparison.Ordinal);

    [Fact]
    public async Task to_an_incident_that_one_may_not_see_is_like_to_none()
    {
        await bot.SaysAsync(Ada, "declare Payroll data leaked sev:1 private");
        Assert.Equal(await bot.AsksAsync(Grace, "subscribe INC-99"), await bot.AsksAsync(Grace, "subscribe INC-1"));
    }

    [Fact]
    public async Task in_a_private_room_says_that_it_takes_a_role()
    {
        await bot.SaysAsync(Ada, "declare Payroll data leaked sev:1 private");
        Assert.Contains("role investigator me", await bot.AsksAsync(Grace, "subscribe", (await bot.IncidentAsync(One)).Room!.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_for_members_and_ending_it_for_everybody_who_is_known_or_not()
    {
        bot.Hall.Knows(new Person(Linus, "linus", null, PersonKind.Guest));
        Assert.StartsWith("Guests are recorded", await bot.AsksAsync(Linus, "subscribe all"), StringComparison.Ordinal);

        bot.Hall.Troubles.Fail("looks up", new ChatOutcomeUnknownException("No answer."), times: 2);
        Assert.StartsWith("I could not confirm", await bot.AsksAsync(Grace, "subscribe all"), StringComparison.Ordinal);
        Assert.StartsWith("You are subscribed to nothing any more.", await bot.AsksAsync(Grace, "unsubscribe all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task twice_by_one_request_is_recorded_once()
    {
        await bot.SaysAsync(Grace, "subscribe all", cause: "hall:once");
        await bot.SaysAsync(Grace, "subscribe all", cause: "hall:once");
        Assert.Single((await bot.Storage.Streams.ReadAsync(StreamId.Subscriptions, 0, 10, TestContext.Current.CancellationToken)).Entries);
    }

    [Fact]
    public async Task stays_after_a_restart()
    {
        await bot.SaysAsync(Grace, "subscribe all");
        using var other = bot.Beside();
        Assert.Contains("every incident", await other.AsksAsync(Grace, "subscribe list"), StringComparison.Ordinal);
    }

    public void Dispose() => bot.Dispose();
}
