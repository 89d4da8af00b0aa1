using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
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

    [Fact]
    public async Task take_smaller_transactions_when_they_are_too_large_together()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(9, new string('x', 700 * 1024));
        hold.SetResult();
        await Task.WhenAll(settled);

        Assert.Equal(9, (await bot.FactsAsync(One)).Length);
    }

    [Fact]
    public async Task do_not_fail_with_the_one_among_them_that_fits_nowhere()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(5);
        var large = bot.Streams.Of(One).SettleAsync(Order("large", new EffectFailed(new EffectKey(One.Stream, 1, 0), 1, new string('x', 70 * 1024), true, "")), Ct);
        var after = bot.Streams.Of(One).SettleAsync(Note("after", "after"), Ct);
        hold.SetResult();

        await Assert.ThrowsAsync<StoreException>(() => large);
        await Task.WhenAll([.. settled, after]);
        Assert.Equal(6, (await bot.FactsAsync(One)).Length);
    }

    [Fact]
    public async Task do_not_fail_with_one_whose_rule_does()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Settle(4);
        var broken = bot.Streams.Of(One).SettleAsync(new Order<Incident>(Stamp("broken"), "test", _ => throw new System.Diagnostics.UnreachableException()), Ct);
        hold.SetResult();

        await Assert.ThrowsAsync<StoreException>(() => broken);
        await Task.WhenAll(settled);
    }

    [Fact]
    public async Task stay_apart_when_they_answer_the_same_further_cause()
    {
        var hold = bot.Store.HoldAppend();
        _ = Settle(1);
        var one = bot.Streams.Of(One).SettleAsync(Note("one", "one") with { TwinKeys = ["done"] }, Ct);
        var two = bot.Streams.Of(One).SettleAsync(Note("two", "two") with { TwinKeys = ["done"] }, Ct);
        var three = bot.Streams.Of(One).SettleAsync(Note("done", "three"), Ct);
        hold.SetResult();

        Assert.False((await one).TwinTaken);
        Assert.True((await two).TwinTaken);
        Assert.Equal(2, (await three).Repeated!.Version);
    }

    [Fact]
    public async Task count_every_row_that_they_bring()
    {
        var hold = bot.Store.HoldAppend();
        _ = Settle(1);
        var settled = Enumerable.Range(0, 40).Select(i => bot.Streams.Of(One).SettleAsync(Note($"n{i}", "n") with { TwinKeys = [$"t{i}"] }, Ct)).ToArray();
        hold.SetResult();
        await Task.WhenAll(settled);

        Assert.Equal([1, 30, 10], bot.Store.Appends);
    }

    public void Dispose() => bot.Dispose();

    private Task<Settled<Incident>>[] Settle(int count, string text = "note") =>
        [.. Enumerable.Range(0, count).Select(i => bot.Streams.Of(One).SettleAsync(Note($"cause {i}", $"{text} {i}"), Ct))];
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
    public async Task is_not_written_when_the_store_takes_it_up_only_then()
    {
        var hold = bot.Store.HoldAppend();
        var late = bot.Streams.Of(One).SettleAsync(Note("late", "late"), patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        hold.SetResult();
        Assert.Empty(await bot.FactsAsync(One));
    }

    [Fact]
    public async Task is_waited_for_no_longer_though_it_may_have_been_written_and_then_its_promises_are_kept_as_soon_as_somebody_looks()
    {
        bot.Work();
        var room = await bot.DeclaredAsync();
        bot.Store.KeepAnswer();
        var late = bot.Streams.Of(One).SettleAsync(Note("late", "The vendor confirms"), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);

        await bot.Streams.ReadAsync(One, Ct);
        Assert.Contains($"posts in {RoomName}: INC-1: @8:ada noted: The vendor confirms", bot.Transcript);
    }

    public void Dispose()
    {
        patience.Dispose();
        bot.Dispose();
    }
}

public sealed class A_call_of_the_store : IDisposable
{
    private readonly TestBot bot = new();
    private readonly List<CancellationTokenSource> budgets = [];

    [Fact]
    public void is_called_off_when_the_last_of_those_who_wait_for_it_has_no_time_left()
    {
        var hold = bot.Store.HoldAppend();
        _ = SettleAsync("first", TimeSpan.FromSeconds(0.2));
        _ = SettleAsync("one", TimeSpan.FromSeconds(0.6));
        _ = SettleAsync("two", TimeSpan.FromSeconds(0.9));
        bot.Store.HoldAppend();
        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        hold.SetResult();

        bot.Time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.False(bot.Store.AppendLimit.IsCancellationRequested);
        bot.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(bot.Store.AppendLimit.IsCancellationRequested);
    }

    [Fact]
    public void gets_what_is_left_of_an_answer_that_has_waited_for_another_already()
    {
        var hold = bot.Store.HoldAppend();
        _ = SettleAsync("first", TimeSpan.FromSeconds(10));
        _ = SettleAsync("late", TimeSpan.FromSeconds(2));
        bot.Time.Advance(TimeSpan.FromSeconds(1.5));
        bot.Store.HoldAppend();
        hold.SetResult();

        bot.Time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(bot.Store.AppendLimit.IsCancellationRequested);
        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(bot.Store.AppendLimit.IsCancellationRequested);
    }

    [Fact]
    public void lasts_two_seconds_at_most_however_long_somebody_would_wait()
    {
        bot.Store.HoldAppend();
        _ = SettleAsync("patient", TimeSpan.FromMinutes(1));

        bot.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(bot.Store.AppendLimit.IsCancellationRequested);
        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(bot.Store.AppendLimit.IsCancellationRequested);
    }

    [Fact]
    public void goes_on_to_its_own_limit_for_what_came_of_an_effect()
    {
        bot.Store.HoldAppend();
        _ = bot.Streams.SettleEffectAsync(One, "INC-1:1:0:done", new EffectDone(new EffectKey(One.Stream, 1, 0), null, null, null), Budget(TimeSpan.FromSeconds(0.5)));

        bot.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(bot.Store.AppendLimit.IsCancellationRequested);
        bot.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(bot.Store.AppendLimit.IsCancellationRequested);
    }

    public void Dispose()
    {
        budgets.ForEach(budget => budget.Dispose());
        bot.Dispose();
    }

    private Task<Settled<Incident>> SettleAsync(string cause, TimeSpan left) => bot.Streams.Of(One).SettleAsync(Note(cause, cause), Budget(left));

    private CancellationToken Budget(TimeSpan left)
    {
        budgets.Add(new CancellationTokenSource(left, bot.Time));
        return budgets[^1].Token;
    }
}

/// <summary>Orders with boring defaults.</summary>
internal static class Orders
{
    public static Stamp Stamp(string? cause) => new(cause, Start, Actor.Of(Ada), Source.Live);

    public static Order<Incident> Note(string? cause, string text) => Order(cause, new NoteAdded(text));

    public static Order<Incident> Order(string? cause, Fact fact) => new(Stamp(cause), "test", _ => Decision.Accept(fact));
}
