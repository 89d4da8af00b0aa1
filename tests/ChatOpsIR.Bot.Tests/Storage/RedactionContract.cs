using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;
using ChatOpsIR.Storage.Tables;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What every store has to keep, and to let go of, when text is taken out of the record.</summary>
public abstract class RedactionContract : IAsyncLifetime
{
    private static readonly PersonId Ana = new("slack", "T1", "ANA");
    private static readonly PersonId Legal = new("slack", "T1", "LEGAL");
    private RecordStorage? _storage;

    protected FakeTimeProvider Time { get; } = new(Now);

    protected RecordStorage Storage => _storage!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await OpenAsync();

    [Fact]
    public async Task Text_and_salt_are_gone_and_the_record_still_verifies()
    {
        await RecordAsync(Note("c1", "the customer's name"), Note("c2", "stays"));

        await RedactAsync(1);

        var raw = await Storage.Raw.ReadRawAsync(Incident42, 0, 10, Token);
        Assert.Null(raw[0].Content);
        Assert.Null(raw[0].Salt);
        Assert.NotNull(raw[1].Content);
        var read = (await Storage.Streams.ReadAsync(Incident42, 0, 10, Token)).Entries;
        Assert.Equal((true, new NoteAdded("")), (read[0].Redacted, read[0].Fact));
        Assert.Equal("a leaked password", Assert.IsType<Redacted>(read[2].Fact).Reason);
        Assert.IsType<Verdict.Intact>(await VerifyAsync());
        Assert.IsType<Verdict.Intact>(await VerifyExportAsync());
    }

    [Fact]
    public async Task A_text_that_went_without_a_later_entry_that_names_it_breaks_the_record()
    {
        await RecordAsync(Note("c1"), Note("c2", "the customer's name"));
        var head = (await Storage.Streams.ReadAsync(Incident42, 0, 10, Token)).Head;

        await EmptyAsync(head, 2);

        Assert.Equal(2, Assert.IsType<Verdict.Broken>(await VerifyAsync()).Version);
        Assert.Equal(2, Assert.IsType<Verdict.Broken>(await VerifyExportAsync()).Version);
    }

    [Fact]
    public async Task It_may_be_repeated_and_by_several_at_once()
    {
        await RecordAsync(Note("c1", "the customer's name"), Note("c2", new string('x', 200_000)));
        var head = await NameAsync(1, 2);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EmptyAsync(head, 1, 2)));
        await EmptyAsync(head, 1, 2);

        Assert.IsType<Verdict.Intact>(await VerifyAsync());
        Assert.All((await Storage.Raw.ReadRawAsync(Incident42, 0, 2, Token)).Take(2), entry => Assert.Null(entry.Content));
    }

    [Theory]
    [InlineData(2, "cannot be redacted itself")]
    [InlineData(9, "has no entry 9")]
    public async Task The_record_of_a_redaction_and_what_is_not_there_are_refused_and_nothing_else_is_touched(long version, string why)
    {
        await RecordAsync(Note("c1", "the customer's name"));
        var head = await NameAsync(1);

        var refused = await Assert.ThrowsAsync<StoreException>(() => EmptyAsync(head, 1, version));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.NotNull((await Storage.Raw.ReadRawAsync(Incident42, 0, 1, Token))[0].Content);
    }

    [Fact]
    public async Task The_snapshot_is_renewed()
    {
        await RecordAsync(Note("c1", "the customer's name"));
        await SaveAsync(await FoldAsync());

        await RedactAsync(1);

        var kept = await Storage.Streams.ReadSnapshotAsync<Incident>(Incident42, Token);
        Assert.Equal((2, Redaction.Removed), (kept!.Head.Version, kept.State.Notes.Single().Text));
    }

    [Fact]
    public async Task An_older_snapshot_that_somebody_still_wants_to_keep_does_not_bring_the_text_back()
    {
        await RecordAsync(Note("c1", "the customer's name"));
        var late = await FoldAsync();
        await RedactAsync(1);

        await SaveAsync(late);

        Assert.Equal(2, (await Storage.Streams.ReadSnapshotAsync<Incident>(Incident42, Token))!.Head.Version);
    }

    [Fact]
    public async Task A_state_folded_before_and_one_folded_afterwards_are_the_same()
    {
        Fact[] facts =
        [
            new IncidentDeclared("Checkout", Severity.Sev1, false, "slack", "T1", "inc-42-checkout", Ana, "p"),
            new RoomOpened(new EffectKey(Incident42, 1, 0), new RoomId("slack", "C1"), "T1", "inc-42-checkout"),
            new NoteAdded("a note"), new NoteAdded("another"), new DecisionRecorded(Ana, "a decision"), new ImpactStated("an impact", "some"), new UpdatePosted("an update"),
            new ChatRecord(ChatKind.Message, new RoomId("slack", "C1"), "1.1") { Text = "a message" },
        ];
        await RecordAsync([.. facts.Select((fact, i) => Note($"c{i}") with { Fact = fact })]);
        var head = await NameAsync([.. Enumerable.Range(1, facts.Length).Where(version => version is not 4)]);
        var before = await FoldAsync();

        await Storage.Streams.RedactAsync(Incident42, [1, 2, 3, 5, 6, 7, 8], before with { Head = head }, Token);

        var after = await FoldAsync();
        Assert.Equal(SnapshotCodec.Write(before.State), SnapshotCodec.Write(after.State));
        Assert.Equal((Redaction.Removed, "another"), (after.State.Title, after.State.Notes[^1].Text));
        Assert.Null(after.State.Impact);
    }

    public ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        Close();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<RecordStorage> OpenAsync();

    protected virtual void Close()
    {
    }

    protected async Task RecordAsync(params Draft[] drafts) =>
        Assert.IsType<AppendResult.Appended>(await Storage.Streams.AppendAsync(Incident42, Head.Empty, drafts, Token));

    /// <summary>Says of entries that they lose their text.</summary>
    protected async Task<Head> NameAsync(params int[] versions)
    {
        var slice = await Storage.Streams.ReadAsync(Incident42, 0, 100, Token);
        var named = slice.Entries.Where(entry => versions.Contains((int)entry.Version)).ToArray();
        var redacted = new Redacted(
            [.. named.Select(entry => entry.Version)], [.. named.Select(entry => Convert.ToHexStringLower(entry.Commitment.Span))], [], Ana, Legal, "a leaked password");
        return Assert.IsType<AppendResult.Appended>(await Storage.Streams.AppendAsync(Incident42, slice.Head, [Note("r1") with { Fact = redacted }], Token)).Head;
    }

    protected async Task EmptyAsync(Head head, params long[] versions) =>
        await Storage.Streams.RedactAsync(Incident42, versions, new Snapshot<Incident>((await FoldAsync()).State, head), Token);

    protected async Task RedactAsync(params int[] versions) => await EmptyAsync(await NameAsync(versions), [.. versions.Select(version => (long)version)]);

    protected async Task<Snapshot<Incident>> FoldAsync()
    {
        var slice = await Storage.Streams.ReadAsync(Incident42, 0, 100, Token);
        return new Snapshot<Incident>(
            slice.Entries.Aggregate(new Incident { Id = new IncidentId(42), DeclaredBy = Actor.System }, (state, entry) => state.Apply(entry.Version, entry.Stamp, entry.Fact, entry.Effects)), slice.Head);
    }

    protected Task SaveAsync(Snapshot<Incident> snapshot) => Storage.Streams.SaveSnapshotAsync(Incident42, snapshot, Token);

    private Task<Verdict> VerifyAsync() => StreamVerifier.VerifyAsync(Storage.Organisation, Incident42, Storage.Raw, Token);

    private async Task<Verdict> VerifyExportAsync()
    {
        using var export = new MemoryStream();
        await ExportWriter.WriteAsync(export, Storage.Organisation, Incident42, Storage.Raw, incident: null, Token);
        export.Position = 0;
        return await ExportVerifier.VerifyAsync(export, Token);
    }
}

public sealed class Redaction_in_a_SQLite_file : RedactionContract
{
    private readonly Databases _databases = new();

    protected override Task<RecordStorage> OpenAsync() => Task.FromResult<RecordStorage>(_databases.File(Time));

    protected override void Close() => _databases.Dispose();
}

public sealed class Redaction_in_SQLite_in_memory : RedactionContract
{
    private readonly Databases _databases = new();

    protected override Task<RecordStorage> OpenAsync() => Task.FromResult<RecordStorage>(_databases.Memory(Time, inline: true));

    protected override void Close() => _databases.Dispose();
}

public sealed class Redaction_in_Azure_Tables(Azurite azurite) : RedactionContract
{
    private readonly Troubles _troubles = new();

    private TableStorage Tables => (TableStorage)Storage;

    [Fact]
    public async Task A_row_that_changed_in_between_is_looked_at_again()
    {
        await RecordAsync(Note("c1", "the customer's name"));
        var head = await NameAsync(1);
        var partition = StoreRows.Partition(Storage.Organisation, Incident42.Value);
        _troubles.Choose = (name, before) =>
        {
            if (name == $"PUT {StoreRows.Record}" && before == 0)
            {
                var row = Tables.Record.FindAsync(partition, StoreRows.Entry(1), Token).GetAwaiter().GetResult()!;
                Assert.NotNull(Tables.Record.TryReplaceAsync(row, row.ETag, Token).GetAwaiter().GetResult());
            }

            return Trouble.None;
        };

        await EmptyAsync(head, 1);

        Assert.Null((await Storage.Raw.ReadRawAsync(Incident42, 0, 1, Token))[0].Content);
        Assert.Equal(3, _troubles.Requests.Count(request => request == $"PUT {StoreRows.Record}"));
    }

    [Fact]
    public async Task The_snapshots_of_other_releases_go()
    {
        await RecordAsync(Note("c1", "the customer's name"));
        var partition = StoreRows.Partition(Storage.Organisation, $"snapshot|{Incident42}");
        await Tables.Mutable.PutAsync(new Azure.Data.Tables.TableEntity(partition, "Incident|1") { ["body_0"] = "the customer's name"u8.ToArray() }, Token);

        await RedactAsync(1);

        Assert.Equal(
            [$"Incident|{SnapshotFormats.Of(typeof(Incident))}"], (await Tables.Mutable.ListAsync(StoreRows.All(partition), 10, Token)).Select(row => row.RowKey));
    }

    protected override async Task<RecordStorage> OpenAsync() => await Accounts.NewAsync(azurite, Time, _troubles);

    protected override void Close() => _troubles.Dispose();
}
