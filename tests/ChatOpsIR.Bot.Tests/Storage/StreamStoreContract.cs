using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What every store of streams has to keep.</summary>
public abstract class StreamStoreContract : IDisposable
{
    protected FakeTimeProvider Time { get; } = new(Now.AddSeconds(1));

    protected abstract IStreamStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_stream_is_at_the_empty_head()
    {
        var slice = await Store.ReadAsync(Incident42, 0, 10, Token);

        Assert.Empty(slice.Entries);
        Assert.Equal(0, slice.Head.Version);
        Assert.Equal(Head.Empty.Hash, slice.Head.Hash);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_with_its_stamp_and_the_clock_of_the_store()
    {
        var draft = Note("c1", "Grüße 🚒");

        var appended = await Append(Head.Empty, draft, Note("c2"));
        var slice = await Store.ReadAsync(Incident42, 0, 10, Token);

        Assert.Equal(2, appended.Head.Version);
        Assert.Equal(Time.GetUtcNow(), appended.RecordedAt);
        Assert.Equal([1L, 2L], slice.Entries.Select(entry => entry.Version));
        Assert.Equal(appended.Head.Hash, slice.Head.Hash);
        Assert.Equal(draft.Stamp, slice.Entries[0].Stamp);
        Assert.Equal(draft.Fact, slice.Entries[0].Fact);
        Assert.Equal(Time.GetUtcNow(), slice.Entries[0].RecordedAt);
        Assert.False(slice.Entries[0].Redacted);
    }

    [Fact]
    public async Task Pages_join_without_gap()
    {
        await Append(Head.Empty, [.. Notes(7)]);

        var first = await Store.ReadAsync(Incident42, 0, 3, Token);
        var second = await Store.ReadAsync(Incident42, first.Head.Version, 3, Token);
        var third = await Store.ReadAsync(Incident42, second.Head.Version, 3, Token);
        var end = await Store.ReadAsync(Incident42, third.Head.Version, 3, Token);

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], first.Entries.Concat(second.Entries).Concat(third.Entries).Select(entry => entry.Version));
        Assert.Equal(third.Head.Hash, end.Head.Hash);
        Assert.Equal(7, end.Head.Version);
    }

    [Fact]
    public async Task Streams_do_not_see_each_other()
    {
        await Append(Head.Empty, Note("c1"));

        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamId("INC-43"), Head.Empty, [Note("c1")], Token));
        Assert.Null(await Store.FindAsync(new StreamId("INC-44"), "c1", Token));
    }

    [Fact]
    public async Task An_append_upon_an_old_head_is_told_that_the_stream_moved()
    {
        await Append(Head.Empty, Note("c1"));

        Assert.IsType<AppendResult.Moved>(await Store.AppendAsync(Incident42, Head.Empty, [Note("c2")], Token));
        Assert.Null(await Store.FindAsync(Incident42, "c2", Token));
    }

    [Fact]
    public async Task An_append_upon_a_head_of_the_same_version_and_another_hash_is_told_that_the_stream_moved()
    {
        var appended = await Append(Head.Empty, Note("c1"));
        var forked = appended.Head with { Hash = [.. Enumerable.Repeat((byte)7, 32)] };

        Assert.IsType<AppendResult.Moved>(await Store.AppendAsync(Incident42, forked, [Note("c2")], Token));
    }

    [Fact]
    public async Task A_cause_is_found_with_its_outcome()
    {
        await Append(Head.Empty, Note("c1"), Note("c2") with { Outcome = new Outcome("declare", 3) });

        Assert.Equal(new KnownCause(2, new Outcome("declare", 3)), await Store.FindAsync(Incident42, "c2", Token));
        Assert.Null(await Store.FindAsync(Incident42, "c3", Token));
    }

    [Fact]
    public async Task A_repeated_cause_writes_nothing_and_names_every_known_one()
    {
        var head = (await Append(Head.Empty, Note("c1"), Note("c2"))).Head;

        var repeated = Assert.IsType<AppendResult.Repeated>(
            await Store.AppendAsync(Incident42, head, [Note("c2"), Note("new"), Note("c1")], Token));

        Assert.Equal(["c1", "c2"], repeated.Known.Keys.Order());
        Assert.Equal(2, repeated.Known["c2"].Version);
        Assert.Equal(2, (await Store.ReadAsync(Incident42, 0, 10, Token)).Head.Version);
        Assert.Null(await Store.FindAsync(Incident42, "new", Token));
    }

    [Fact]
    public async Task A_twin_key_answers_for_its_entry()
    {
        var head = (await Append(Head.Empty, Note("slack:C1:1.1", "posted", "INC-42:1:0:done"))).Head;

        Assert.Equal(1, (await Store.FindAsync(Incident42, "INC-42:1:0:done", Token))!.Version);
        var repeated = Assert.IsType<AppendResult.Repeated>(await Store.AppendAsync(Incident42, head, [Note("INC-42:1:0:done")], Token));
        Assert.Equal(["INC-42:1:0:done"], repeated.Known.Keys);
    }

    [Fact]
    public async Task A_twin_key_that_is_known_stops_the_append()
    {
        var head = (await Append(Head.Empty, Note("done"))).Head;

        Assert.IsType<AppendResult.Repeated>(await Store.AppendAsync(Incident42, head, [Note("echo", "posted", "done")], Token));
        Assert.Null(await Store.FindAsync(Incident42, "echo", Token));
    }

    [Fact]
    public async Task The_same_cause_twice_in_one_append_is_refused_since_neither_would_be_recorded()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Incident42, Head.Empty, [Note("c1"), Note("c1")], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Incident42, Head.Empty, [Note("c1"), Note("c2", "x", "c1")], Token));

        Assert.Null(await Store.FindAsync(Incident42, "c1", Token));
    }

    [Fact]
    public async Task Entries_without_a_cause_repeat_freely()
    {
        var head = (await Append(Head.Empty, Note(null), Note(null))).Head;

        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(Incident42, head, [Note(null)], Token));
    }

    [Fact]
    public async Task A_retry_after_a_lost_answer_is_told_what_its_first_attempt_wrote()
    {
        ImmutableArray<Draft> drafts = [Note("c1"), Note(null), Note("c2")];
        await Append(Head.Empty, [.. drafts]);

        var repeated = Assert.IsType<AppendResult.Repeated>(await Store.AppendAsync(Incident42, Head.Empty, drafts, Token));

        Assert.Equal(1, repeated.Known["c1"].Version);
        Assert.Equal(3, repeated.Known["c2"].Version);
    }

    [Fact]
    public async Task Appenders_at_the_same_time_keep_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(AppendTen));

        var slice = await Store.ReadAsync(Incident42, 0, 200, Token);
        Assert.Equal(Enumerable.Range(1, 80).Select(i => (long)i), slice.Entries.Select(entry => entry.Version));
        Assert.Equal(80, slice.Entries.Select(entry => entry.Stamp.CauseKey).Distinct().Count());
    }

    [Fact]
    public async Task A_hundred_rows_fit_and_one_more_does_not()
    {
        await Append(Head.Empty, [.. Notes(50)]);
        var head = (await Store.ReadAsync(Incident42, 0, 100, Token)).Head;

        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Incident42, head, [.. Notes(50, "more"), Note(null)], Token));
    }

    [Fact]
    public async Task Four_mebibytes_do_not_fit()
    {
        var drafts = Enumerable.Range(0, 5).Select(i => Note($"big-{i}", new string('x', 800_000))).ToArray();

        await Append(Head.Empty, [.. drafts[..3]]);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(new StreamId("INC-43"), Head.Empty, drafts, Token));
    }

    [Fact]
    public async Task Data_of_more_than_a_chunk_does_not_fit()
    {
        var people = Enumerable.Range(0, 3000).Select(i => new PersonId("slack", "T012AB3C4", $"U{i:D10}"));
        var draft = Note("c1") with { Effects = [new InviteToRoom(new RoomId("slack", "C1"), [.. people])] };

        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Incident42, Head.Empty, [draft], Token));
    }

    [Fact]
    public async Task An_append_of_nothing_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(Incident42, Head.Empty, [], Token));

    [Fact]
    public async Task An_append_whose_deadline_has_passed_writes_nothing()
    {
        using var passed = new CancellationTokenSource();
        await passed.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync(Incident42, Head.Empty, [Note("c1")], passed.Token));
        Assert.Null(await Store.FindAsync(Incident42, "c1", Token));
    }

    [Fact]
    public async Task A_reader_ahead_of_the_stream_is_told()
    {
        await Append(Head.Empty, Note("c1"));

        await Assert.ThrowsAsync<StoreException>(() => Store.ReadAsync(Incident42, 5, 10, Token));
    }

    [Fact]
    public async Task A_snapshot_is_read_back_and_never_replaced_by_an_older_one()
    {
        var first = (await Append(Head.Empty, Note("c1"))).Head;
        var second = (await Append(first, Note("c2"))).Head;

        Assert.Null(await Store.ReadSnapshotAsync<Counted>(Incident42, Token));
        await Store.SaveSnapshotAsync(Incident42, new Snapshot<Counted>(new Counted(2), second), Token);
        await Store.SaveSnapshotAsync(Incident42, new Snapshot<Counted>(new Counted(1), first), Token);

        var read = await Store.ReadSnapshotAsync<Counted>(Incident42, Token);
        Assert.Equal(new Counted(2), read!.State);
        Assert.Equal(second.Hash, read.Head.Hash);
        Assert.Equal(2, read.Head.Version);
    }

    [Fact]
    public async Task A_snapshot_of_a_future_that_never_was_is_passed_over()
    {
        await Append(Head.Empty, Note("c1"));
        var elsewhere = new Head(1, [.. Enumerable.Repeat((byte)7, 32)]);

        await Store.SaveSnapshotAsync(Incident42, new Snapshot<Counted>(new Counted(1), elsewhere), Token);

        Assert.Null(await Store.ReadSnapshotAsync<Counted>(Incident42, Token));
    }

    [Theory]
    [InlineData("a/b\\c#d?e")]
    [InlineData("%2F 'x' \u0001\t\n")]
    [InlineData("slack:C1:1764000000.000100:edit:é🚒")]
    public async Task A_cause_of_any_letters_is_found_again(string cause)
    {
        var head = (await Append(Head.Empty, Note(cause))).Head;

        Assert.Equal(1, (await Store.FindAsync(Incident42, cause, Token))?.Version);
        Assert.IsType<AppendResult.Repeated>(await Store.AppendAsync(Incident42, head, [Note(cause)], Token));
        Assert.Null(await Store.FindAsync(Incident42, cause.ToUpperInvariant(), Token));
    }

    [Fact]
    public async Task A_cause_of_great_length_is_found_again()
    {
        var cause = new string('c', 4000);
        await Append(Head.Empty, Note(cause), Note(cause + "c"));

        Assert.Equal(2, (await Store.FindAsync(Incident42, cause + "c", Token))?.Version);
    }

    [Fact]
    public async Task A_moment_keeps_its_last_digit_whatever_offset_it_was_told_in()
    {
        var moment = new DateTimeOffset(2026, 3, 29, 1, 59, 59, TimeSpan.FromHours(5.5)).AddTicks(1_234_567);
        var note = Note("c1");

        await Append(Head.Empty, note with { Stamp = note.Stamp with { OccurredAt = moment } });

        var read = (await Store.ReadAsync(Incident42, 0, 1, Token)).Entries[0].Stamp.OccurredAt;
        Assert.Equal((moment.UtcTicks, TimeSpan.Zero), (read.UtcTicks, read.Offset));
    }

    [Fact]
    public async Task An_entry_may_be_nobody_s_and_of_any_source()
    {
        var note = Note("c1");
        var drafts = Enum.GetValues<Source>().Select(source => note with { Stamp = note.Stamp with { CauseKey = $"{source}", Actor = null, Source = source } }).ToArray();

        await Append(Head.Empty, drafts);

        var read = (await Store.ReadAsync(Incident42, 0, 10, Token)).Entries;
        Assert.Equal(Enum.GetValues<Source>(), read.Select(entry => entry.Stamp.Source));
        Assert.All(read, entry => Assert.Null(entry.Stamp.Actor));
    }

    [Fact]
    public async Task What_an_entry_promises_is_read_back_in_its_order()
    {
        var room = new RoomId("slack", "C1");
        var person = new PersonId("slack", "T1", "U1");
        Effect[] promised = [new OpenRoom("slack", "T1", "inc-42", true), new PostCard(room), new TellPerson(person), new PostCard(room)];

        await Append(Head.Empty, Note("c1") with { Effects = [.. promised] });

        Assert.Equal(promised, (await Store.ReadAsync(Incident42, 0, 1, Token)).Entries[0].Effects);
    }

    [Fact]
    public async Task An_entry_may_answer_for_many_causes()
    {
        string[] twins = [.. Enumerable.Range(0, 20).Select(i => $"twin-{i}")];
        await Append(Head.Empty, Note("c0"), Note("c1", "text", twins));

        foreach (var twin in twins)
        {
            Assert.Equal(2, (await Store.FindAsync(Incident42, twin, Token))?.Version);
        }
    }

    [Fact]
    public async Task A_long_stream_is_read_in_one_go_and_from_its_middle()
    {
        var head = Head.Empty;
        for (var i = 0; i < 1200; i += 50)
        {
            head = (await Append(head, [.. Notes(50, $"c{i}")])).Head;
        }

        Assert.Equal(Enumerable.Range(1, 1200).Select(i => (long)i), (await Store.ReadAsync(Incident42, 0, 2000, Token)).Entries.Select(entry => entry.Version));
        Assert.Equal(1101, (await Store.ReadAsync(Incident42, 1100, 1, Token)).Entries.Single().Version);
    }

    [Fact]
    public async Task A_snapshot_of_a_large_state_is_read_back()
    {
        var head = (await Append(Head.Empty, Note("c1"))).Head;
        var state = new Remembered(new string('é', 150_000));

        await Store.SaveSnapshotAsync(Incident42, new Snapshot<Remembered>(state, head), Token);

        Assert.Equal(state, (await Store.ReadSnapshotAsync<Remembered>(Incident42, Token))?.State);
    }

    [Fact]
    public async Task A_snapshot_is_of_one_stream()
    {
        var head = (await Append(Head.Empty, Note("c1"))).Head;
        await Store.SaveSnapshotAsync(Incident42, new Snapshot<Counted>(new Counted(1), head), Token);

        Assert.Null(await Store.ReadSnapshotAsync<Counted>(new StreamId("INC-4"), Token));
        Assert.Null(await Store.ReadSnapshotAsync<Counted>(new StreamId("INC-421"), Token));
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract void Close();

    protected async Task<AppendResult.Appended> Append(Head expected, params Draft[] drafts) =>
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(Incident42, expected, drafts, Token));

    private async Task AppendTen(int appender)
    {
        for (var i = 0; i < 10; i++)
        {
            var drafts = new[] { Note($"{appender}-{i}") };
            var head = Head.Empty;
            while (await Store.AppendAsync(Incident42, head, drafts, Token) is AppendResult.Moved)
            {
                head = (await Store.ReadAsync(Incident42, 0, 200, Token)).Head;
            }
        }
    }

    public sealed record Counted(int Entries);

    public sealed record Remembered(string Text);
}
