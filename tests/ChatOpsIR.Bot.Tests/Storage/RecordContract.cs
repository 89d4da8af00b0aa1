using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What every whole store has to keep beyond one process, and what an auditor reads of it.</summary>
public abstract class RecordContract : IAsyncLifetime
{
    private static readonly IncidentId First = new(1);
    private static readonly RoomId Room = new("slack", "C1");
    private RecordStorage? _storage;

    protected FakeTimeProvider Time { get; } = new(Now);

    private RecordStorage Storage => _storage!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await OpenAsync();

    [Fact]
    public async Task Entries_and_causes_outlive_the_process()
    {
        var head = await Append(Head.Empty, Note("c1", "before"), Note("c2"));

        await ReopenAsync();

        var read = await Storage.Streams.ReadAsync(Incident42, 0, 10, Token);
        Assert.Equal(head.Hash, read.Head.Hash);
        Assert.Equal(new NoteAdded("before"), read.Entries[0].Fact);
        Assert.Equal(2, (await Storage.Streams.FindAsync(Incident42, "c2", Token))!.Version);
        Assert.IsType<AppendResult.Repeated>(await Storage.Streams.AppendAsync(Incident42, head, [Note("c1")], Token));
    }

    [Fact]
    public async Task The_chain_goes_on_where_the_last_process_left_it()
    {
        var head = await Append(Head.Empty, [.. Notes(5)]);
        await ReopenAsync();

        await Append(head, [.. Notes(5, "later")]);

        Assert.Equal(10, Assert.IsType<Verdict.Intact>(await VerifyAsync()).Count);
    }

    [Fact]
    public async Task The_organisation_key_outlives_the_process_or_every_repeat_would_look_new()
    {
        var hash = Storage.Hash.Of("a", "b");

        await ReopenAsync();

        Assert.Equal(hash, Storage.Hash.Of("a", "b"));
        Assert.NotEqual(hash, Storage.Hash.Of("ab", ""));
    }

    [Fact]
    public async Task A_snapshot_outlives_the_process()
    {
        var head = await Append(Head.Empty, Note("c1"));
        await Storage.Streams.SaveSnapshotAsync(Incident42, new Snapshot<StreamStoreContract.Counted>(new(1), head), Token);

        await ReopenAsync();

        Assert.Equal(new StreamStoreContract.Counted(1), (await Storage.Streams.ReadSnapshotAsync<StreamStoreContract.Counted>(Incident42, Token))?.State);
    }

    [Fact]
    public async Task The_directory_outlives_the_process()
    {
        await Storage.Directory.TouchActiveAsync(First, Token);
        await Storage.Directory.PutRoomAsync(Room, First, Token);
        await Storage.Directory.PutDueAsync(new DueRow(Now, First), Token);
        await Storage.Directory.PutShownAsync("card", "f", Token);

        await ReopenAsync();

        Assert.Equal(First, Assert.Single(await Storage.Directory.ListActiveAsync(Token)).Incident);
        Assert.Equal(First, (await Storage.Directory.FindRoomAsync(Room, Token))?.Incident);
        Assert.Equal(First, Assert.Single(await Storage.Directory.ListDueAsync(Now, 10, Token)).Incident);
        Assert.Equal("f", await Storage.Directory.ReadShownAsync("card", Token));
    }

    [Fact]
    public async Task What_a_holder_settled_outlives_its_process()
    {
        await Storage.Leases.ReleaseAsync((await Storage.Leases.TryTakeAsync(First, Token))!, 17, Token);

        await ReopenAsync();

        Assert.Equal(17, (await Storage.Leases.TryTakeAsync(First, Token))?.SettledThrough);
    }

    [Fact]
    public async Task A_stream_of_every_length_of_content_verifies()
    {
        const int Chunk = 60 * 1024;
        int[] lengths = [0, 1, Chunk - 20, Chunk - 1, Chunk, Chunk + 1, 2 * Chunk, 899 * 1024];
        var head = Head.Empty;
        foreach (var length in lengths)
        {
            head = await Append(head, Note($"c{length}", new string('x', length)));
        }

        Assert.Equal(lengths.Length, Assert.IsType<Verdict.Intact>(await VerifyAsync()).Count);
        var texts = (await Storage.Streams.ReadAsync(Incident42, 0, 10, Token)).Entries.Select(entry => ((NoteAdded)entry.Fact).Text.Length);
        Assert.Equal(lengths, texts);
    }

    [Fact]
    public async Task What_an_auditor_reads_comes_page_by_page_and_in_order()
    {
        await Append(Head.Empty, [.. Notes(7)]);

        var read = new List<long>();
        while (await Storage.Raw.ReadRawAsync(Incident42, read.LastOrDefault(), 3, Token) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(entry => entry.Version));
        }

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], read);
    }

    [Fact]
    public async Task An_export_of_it_verifies_far_from_the_store()
    {
        await Append(Head.Empty, Note("c1", "Grüße 🚒"), Note(null), Note("c3", "\u0000\uFEFF\"\\"));
        using var export = new MemoryStream();

        await ExportWriter.WriteAsync(export, Storage.Organisation, Incident42, Storage.Raw, incident: null, Token);
        export.Position = 0;

        Assert.Equal(3, Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(export, Token)).Count);
    }

    [Fact]
    public async Task Many_streams_written_at_once_keep_a_chain_each()
    {
        var streams = Enumerable.Range(1, 12).Select(number => new StreamId($"INC-{number}")).ToImmutableArray();

        await Task.WhenAll(streams.Select(WriteAsync));

        foreach (var stream in streams)
        {
            Assert.Equal(5, Assert.IsType<Verdict.Intact>(await StreamVerifier.VerifyAsync(Storage.Organisation, stream, Storage.Raw, Token)).Count);
        }
    }

    public ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        Close();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens the same store, as the next process would.</summary>
    protected abstract Task<RecordStorage> OpenAsync();

    protected virtual void Close()
    {
    }

    private async Task ReopenAsync()
    {
        Storage.Dispose();
        _storage = await OpenAsync();
    }

    private Task<Verdict> VerifyAsync() => StreamVerifier.VerifyAsync(Storage.Organisation, Incident42, Storage.Raw, Token);

    private async Task<Head> Append(Head expected, params Draft[] drafts) =>
        Assert.IsType<AppendResult.Appended>(await Storage.Streams.AppendAsync(Incident42, expected, drafts, Token)).Head;

    private async Task WriteAsync(StreamId stream)
    {
        var head = Head.Empty;
        for (var i = 0; i < 5; i++)
        {
            head = Assert.IsType<AppendResult.Appended>(await Storage.Streams.AppendAsync(stream, head, [Note($"c{i}")], Token)).Head;
        }
    }
}
