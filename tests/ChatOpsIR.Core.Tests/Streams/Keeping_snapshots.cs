using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;
using static ChatOpsIR.Core.Tests.Streams.Orders;

namespace ChatOpsIR.Core.Tests.Streams;

public sealed class A_snapshot : IDisposable
{
    private readonly TestBot bot = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_kept_every_twenty_five_entries()
    {
        await WriteOneByOneAsync(60);
        Assert.Equal([25, 50], bot.Store.Snapshots);
    }

    [Fact]
    public async Task waits_for_a_busy_stream_but_not_for_ever()
    {
        var hold = bot.Store.HoldAppend();
        var settled = Enumerable.Range(0, 400).Select(i => bot.Streams.Of(One).SettleAsync(Note($"cause {i}", "x"), Ct)).ToArray();
        hold.SetResult();
        await Task.WhenAll(settled);

        Assert.Equal([226, 400], bot.Store.Snapshots);
    }

    [Fact]
    public async Task is_made_up_for_by_the_first_who_has_to_read_too_much()
    {
        await FillAsync(450);
        await bot.Streams.ReadAsync(One, Ct);
        Assert.Equal([450], bot.Store.Snapshots);
    }

    [Fact]
    public async Task is_made_up_for_at_once_where_there_is_none_that_this_release_can_read()
    {
        await FillAsync(45);
        await bot.Streams.ReadAsync(One, Ct);
        Assert.Equal([45], bot.Store.Snapshots);
    }

    [Fact]
    public async Task is_made_up_for_though_the_entries_are_too_large_to_be_read_at_once()
    {
        await FillAsync(180);
        bot.Store.MostInTime = 40;
        for (var asked = 1; ; asked++)
        {
            try
            {
                Assert.Equal(180, (await bot.Streams.ReadAsync(One, Ct)).Version);
                break;
            }
            catch (StoreException)
            {
                Assert.True(asked < 6, "No progress is made.");
            }
        }

        Assert.Equal([180], bot.Store.Snapshots);
        Assert.Equal(180, (await bot.Beside().Streams.ReadAsync(One, Ct)).Version);
    }

    [Fact]
    public async Task gives_the_state_that_the_entries_give()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "role INC-1 scribe @grace");
        await bot.SaysAsync(Ada, "update INC-1 better");
        await WriteOneByOneAsync(30);
        var before = await bot.IncidentAsync(One);
        using var other = bot.Beside();
        var after = await other.IncidentAsync(One);

        Assert.Equal((before.Title, before.Severity, before.LastUpdate, before.Clock), (after.Title, after.Severity, after.LastUpdate, after.Clock));
        Assert.Equal(before.Pending, after.Pending);
        Assert.Equal(before.Offers, after.Offers);
    }

    public void Dispose() => bot.Dispose();

    // Nobody who would keep a snapshot writes it.
    private async Task FillAsync(int entries)
    {
        const int Together = 45;
        for (var written = 0; written < entries; written += Together)
        {
            var head = (await bot.Storage.Streams.ReadAsync(One.Stream, written, 1, Ct)).Head;
            await bot.Storage.Streams.AppendAsync(One.Stream, head, [.. Enumerable.Range(0, Together).Select(_ => new Draft(Stamp(null), new Incidents.NoteAdded("x"), [], [], new Outcome("test", 1)))], Ct);
        }
    }

    private async Task WriteOneByOneAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await bot.Streams.Of(One).SettleAsync(Note($"cause {i}", "x"), Ct);
        }
    }
}

public sealed class Incidents_beyond_those_that_are_kept : IDisposable
{
    private readonly TestBot bot = new();
    private readonly IncidentStreams streams;

    public Incidents_beyond_those_that_are_kept() => streams = new IncidentStreams(
        bot.Store, new IncidentRules(bot.Policy, bot.Directory, bot.Wakes, bot.Bell), Execution.Inline, bot.Time) { MostWriters = 2 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void make_the_one_that_was_touched_longest_ago_go()
    {
        var first = streams.Of(One);
        var second = streams.Of(new IncidentId(2));
        Assert.Same(first, streams.Of(One));
        streams.Of(new IncidentId(3));

        Assert.Same(first, streams.Of(One));
        Assert.NotSame(second, streams.Of(new IncidentId(2)));
    }

    [Fact]
    public async Task lose_nothing_that_was_still_waiting()
    {
        var hold = bot.Store.HoldAppend();
        var waiting = streams.Of(One).SettleAsync(Note("a", "a"), Ct);
        streams.Of(new IncidentId(2));
        streams.Of(new IncidentId(3));
        await streams.Of(One).SettleAsync(Note("b", "b"), Ct);
        hold.SetResult();
        await waiting;

        Assert.Equal(["b", "a"], (await bot.FactsAsync(One)).Cast<Incidents.NoteAdded>().Select(note => note.Text));
    }

    public void Dispose() => bot.Dispose();
}
