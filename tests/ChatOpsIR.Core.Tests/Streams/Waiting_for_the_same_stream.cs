using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;
using static ChatOpsIR.Core.Tests.Streams.Orders;

namespace ChatOpsIR.Core.Tests.Streams;

public sealed class Orders_that_wait_for_the_same_stream : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task share_one_transaction()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(5);
        hold.SetResult();
        await Task.WhenAll(settled);

        Assert.Equal([1, 4], bot.Store.Appends);
    }

    [Fact]
    public async Task are_carried_out_in_the_order_in_which_they_came_and_answered_each_with_its_own()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(5);
        hold.SetResult();
        var results = await Task.WhenAll(settled);

        Assert.Equal([1, 2, 3, 4, 5], results.Select(result => Assert.Single(result.Entries).Version));
        Assert.Equal(["note 0", "note 1", "note 2", "note 3", "note 4"], (await bot.FactsAsync(One)).Cast<NoteAdded>().Select(note => note.Text));
    }

    [Fact]
    public async Task take_as_many_transactions_as_the_store_needs()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(101);
        hold.SetResult();
        await Task.WhenAll(settled);

        Assert.Equal([1, 45, 45, 10], bot.Store.Appends);
    }

    [Fact]
    public async Task are_one_when_they_have_the_same_cause()
    {
        var hold = bot.Store.HoldAppend();
        var writer = bot.Streams.Of(One);
        _ = writer.SettleAsync(Note("first", "first"), Ct);
        var once = writer.SettleAsync(Note("same", "same"), Ct);
        var twice = writer.SettleAsync(Note("same", "same"), Ct);
        hold.SetResult();

        Assert.Single((await once).Entries);
        Assert.Empty((await twice).Entries);
        Assert.Equal(2, (await twice).Repeated!.Version);
        Assert.Equal(2, (await bot.FactsAsync(One)).Length);
    }

    [Fact]
    public async Task see_what_those_before_them_decided()
    {
        var hold = bot.Store.HoldAppend();
        var writer = bot.Streams.Of(One);
        _ = writer.SettleAsync(Note("first", "first"), Ct);
        var declared = writer.SettleAsync(Order("a", Scenario.Declared()), Ct);
        var resolved = writer.SettleAsync(
            new Order<Incident>(Stamp("b"), "resolve", state => state.Status is Status.Open ? Decision.Accept(new IncidentResolved("x")) : Decision.Refuse(Because.IncidentIsNotOpen)), Ct);
        hold.SetResult();

        Assert.Null((await declared).Refused);
        Assert.Null((await resolved).Refused);
    }

    public void Dispose() => bot.Dispose();

    private Task<Settled<Incident>>[] Settle(int count) =>
        [.. Enumerable.Range(0, count).Select(i => bot.Streams.Of(One).SettleAsync(Note($"cause {i}", $"note {i}"), Ct))];
}

public sealed class An_order_whose_time_is_up : IDisposable
{
    private readonly TestBot bot = new();
    private readonly CancellationTokenSource patience = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task leaves_the_mailbox_unwritten()
    {
        var hold = bot.Store.HoldAppend();
        var first = bot.Streams.Of(One).SettleAsync(Note("first", "first"), Ct);
        var late = bot.Streams.Of(One).SettleAsync(Note("late", "late"), patience.Token);
        await patience.CancelAsync();
        hold.SetResult();
        await first;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        Assert.Equal([new NoteAdded("first")], await bot.FactsAsync(One));
    }

    [Fact]
    public async Task is_waited_for_no_longer_though_it_may_still_be_written()
    {
        var hold = bot.Store.HoldAppend();
        var late = bot.Streams.Of(One).SettleAsync(Note("late", "late"), patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        hold.SetResult();
        Assert.Single(await bot.FactsAsync(One));
    }

    public void Dispose()
    {
        patience.Dispose();
        bot.Dispose();
    }
}

/// <summary>Orders with boring defaults.</summary>
internal static class Orders
{
    public static Stamp Stamp(string? cause) => new(cause, Start, Actor.Of(Ada), Source.Live);

    public static Order<Incident> Note(string? cause, string text) => Order(cause, new NoteAdded(text));

    public static Order<Incident> Order(string? cause, Fact fact) => new(Stamp(cause), "test", _ => Decision.Accept(fact));
}
