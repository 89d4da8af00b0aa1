using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;
using static ChatOpsIR.Core.Tests.Streams.Orders;

namespace ChatOpsIR.Core.Tests.Streams;

public sealed class An_append_whose_outcome_is_unknown : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_found_by_its_cause_when_it_was_written()
    {
        bot.Store.LoseAnswer();
        var settled = await bot.Streams.Of(One).SettleAsync(Note("a", "a"), Ct);

        Assert.Equal(1, settled.Repeated!.Version);
        Assert.Single(await bot.FactsAsync(One));
    }

    [Fact]
    public async Task is_answered_as_if_nothing_had_been_lost()
    {
        await bot.DeclaredAsync();
        bot.Store.LoseAnswer();

        Assert.Contains("@8:ada resolved the incident: it was the cache", await bot.AsksAsync(Ada, "resolve INC-1 it was the cache"), StringComparison.Ordinal);
        Assert.Single((await bot.FactsAsync(One)).OfType<IncidentResolved>());
    }

    [Fact]
    public async Task keeps_its_promises_at_once_when_it_was_written()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        bot.Store.LoseAnswer();
        await bot.SaysAsync(Ada, "note The vendor confirms", room);

        Assert.Contains($"posts in {RoomName}: INC-1: @8:ada noted: The vendor confirms", bot.Transcript);
    }

    [Fact]
    public async Task is_tried_once_more_when_it_was_not_written()
    {
        bot.Store.FailAppend();
        await bot.Streams.Of(One).SettleAsync(Note("a", "a"), Ct);

        Assert.Single(await bot.FactsAsync(One));
    }

    [Fact]
    public async Task discards_the_state_that_was_kept()
    {
        var writer = bot.Streams.Of(One);
        await writer.SettleAsync(Note("a", "a"), Ct);
        Assert.Equal(1, bot.Store.SnapshotReads);

        bot.Store.LoseAnswer();
        await writer.SettleAsync(Note("b", "b"), Ct);
        Assert.Equal(2, bot.Store.SnapshotReads);
    }

    [Fact]
    public async Task is_told_to_everybody_who_waits_when_the_store_stays_silent_and_the_next_order_goes_through()
    {
        var writer = bot.Streams.Of(One);
        bot.Store.BeforeAppend(() =>
        {
            bot.Store.FailAppend();
            return Task.FromException(new StoreException("The store did not answer."));
        });

        await Assert.ThrowsAsync<StoreException>(() => writer.SettleAsync(Note("a", "a"), Ct));
        Assert.Single((await writer.SettleAsync(Note("b", "b"), Ct)).Entries);
    }

    public void Dispose() => bot.Dispose();
}

public sealed class A_cause_that_comes_again : IDisposable
{
    private readonly TestBot bot = new();

    [Theory]
    [InlineData("update INC-1 Rolling back", "resolve INC-1 done")]
    [InlineData("note INC-1 The vendor confirms", "resolve INC-1 done")]
    [InlineData("severity INC-1 sev:2", "note INC-1 well")]
    [InlineData("resolve INC-1 done", "close INC-1")]
    [InlineData("role INC-1 scribe me", "resolve INC-1 done")]
    public async Task is_answered_as_it_was_the_first_time_whatever_happened_since(string line, string since)
    {
        await bot.DeclaredAsync();
        var first = await bot.AsksAsync(Ada, line, cause: "the same");
        await bot.SaysAsync(Ada, since);
        var facts = await bot.FactsAsync(One);

        Assert.Equal(first, await bot.AsksAsync(Ada, line, cause: "the same"));
        Assert.Equal(facts, await bot.FactsAsync(One));
    }

    [Fact]
    public async Task finds_the_offer_that_it_accepted()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role INC-1 communications @grace");
        var first = await bot.AsksAsync(Grace, "accept INC-1", cause: "the same");

        Assert.Equal(first, await bot.AsksAsync(Grace, "accept INC-1", cause: "the same"));
    }

    [Fact]
    public async Task finds_the_incident_that_it_declared()
    {
        const string Line = "declare Checkout returns 500s sev:1";
        var first = await bot.AsksAsync(Ada, Line, cause: "the same");
        bot.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, await bot.AsksAsync(Ada, Line, cause: "the same"));
        Assert.False((await bot.IncidentAsync(new IncidentId(2))).Exists);
    }

    [Fact]
    public async Task is_known_to_another_instance()
    {
        using var other = bot.Beside();
        await bot.DeclaredAsync();
        var first = await bot.AsksAsync(Ada, "resolve INC-1 done", cause: "the same");

        Assert.Equal(first, await other.AsksAsync(Ada, "resolve INC-1 done", cause: "the same"));
    }

    public void Dispose() => bot.Dispose();
}
