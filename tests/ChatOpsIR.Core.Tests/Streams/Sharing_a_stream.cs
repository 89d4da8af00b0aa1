using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;
using static ChatOpsIR.Core.Tests.Streams.Orders;

namespace ChatOpsIR.Core.Tests.Streams;

public sealed class A_writer_that_somebody_overtook : IDisposable
{
    private readonly TestBot bot = new();
    private readonly TestBot other;

    public A_writer_that_somebody_overtook() => other = bot.Beside();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task reads_the_news_and_decides_again()
    {
        await bot.DeclaredAsync();
        bot.Store.BeforeAppend(() => other.SaysAsync(Ada, "severity INC-1 sev:2"));

        Assert.Contains("already", await bot.AsksAsync(Ada, "severity INC-1 sev:2"), StringComparison.Ordinal);
        Assert.Single((await bot.FactsAsync(One)).OfType<SeverityChanged>());
    }

    [Fact]
    public async Task refuses_what_the_news_forbid()
    {
        await bot.DeclaredAsync();
        bot.Store.BeforeAppend(() => other.SaysAsync(Ada, "resolve INC-1 it was the cache"));

        Assert.Contains("This incident is resolved.", await bot.AsksAsync(Ada, "update INC-1 still looking"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task appends_behind_the_others_entry_when_both_hold()
    {
        await bot.DeclaredAsync();
        bot.Store.BeforeAppend(() => other.SaysAsync(Ada, "note INC-1 theirs"));
        await bot.SaysAsync(Ada, "note INC-1 ours");

        Assert.Equal(["theirs", "ours"], (await bot.FactsAsync(One)).OfType<NoteAdded>().Select(note => note.Text));
    }

    [Fact]
    public async Task goes_on_as_long_as_somebody_waits_for_it()
    {
        Overtake(times: 40);
        var settled = await bot.Streams.Of(One).SettleAsync(Note("ours", "ours"), Ct);

        Assert.Equal(41, Assert.Single(settled.Entries).Version);
    }

    [Fact]
    public async Task drops_an_order_for_which_nobody_waits_any_more_and_takes_the_next()
    {
        using var deadline = new CancellationTokenSource();
        Overtake(times: int.MaxValue, then: nth => nth == 3 ? deadline.CancelAsync() : Task.CompletedTask);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bot.Streams.Of(One).SettleAsync(Note("ours", "ours"), deadline.Token));
        bot.Store.BeforeAppend(() => Task.CompletedTask);
        await bot.Streams.Of(One).SettleAsync(Note("next", "next"), Ct);

        Assert.Equal(["theirs", "theirs", "theirs", "next"], (await bot.FactsAsync(One)).OfType<NoteAdded>().Select(note => note.Text));
    }

    [Fact]
    public async Task gives_up_when_it_is_overtaken_for_ever()
    {
        Overtake(times: int.MaxValue);
        await Assert.ThrowsAsync<StoreException>(() => bot.Streams.Of(One).SettleAsync(Note("ours", "ours"), Ct));
    }

    private void Overtake(int times, Func<int, Task>? then = null)
    {
        var overtaken = 0;
        bot.Store.BeforeAppend(OvertakeAsync);

        async Task OvertakeAsync()
        {
            if (++overtaken < times)
            {
                bot.Store.BeforeAppend(OvertakeAsync);
            }

            await other.Streams.Of(One).SettleAsync(Note($"theirs {overtaken}", "theirs"), Ct);
            await (then?.Invoke(overtaken) ?? Task.CompletedTask);
        }
    }

    public void Dispose()
    {
        other.Dispose();
        bot.Dispose();
    }
}

public sealed class An_answer_that_appends_nothing : IDisposable
{
    private readonly TestBot bot = new();
    private readonly TestBot other;

    public An_answer_that_appends_nothing() => other = bot.Beside();

    [Fact]
    public async Task is_given_from_the_newest_state()
    {
        await bot.DeclaredAsync();
        await other.SaysAsync(Ada, "update INC-1 written by somebody else");

        Assert.Contains("written by somebody else", await bot.AsksAsync(Ada, "status INC-1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close INC-1", "already")]
    [InlineData("update INC-1 late news", "This incident is closed.")]
    public async Task knows_what_another_instance_wrote(string line, string answer)
    {
        await bot.DeclaredAsync();
        await other.SaysAsync(Ada, "resolve INC-1 done");
        await other.SaysAsync(Ada, "close INC-1");

        Assert.Contains(answer, await bot.AsksAsync(Ada, line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task reads_the_tail_where_an_order_that_appends_does_not()
    {
        await bot.DeclaredAsync();
        var writer = bot.Streams.Of(One);
        var before = bot.Store.Reads;

        await writer.SettleAsync(Note("a", "a"), TestContext.Current.CancellationToken);
        Assert.Equal(before, bot.Store.Reads);

        await writer.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before + 1, bot.Store.Reads);
    }

    public void Dispose()
    {
        other.Dispose();
        bot.Dispose();
    }
}
