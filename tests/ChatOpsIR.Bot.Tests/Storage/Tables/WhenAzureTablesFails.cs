using System.Diagnostics;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Tables;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>A failure is a question: was it written? Nobody is told what is not so, and nothing is written twice.</summary>
public sealed class When_Azure_Tables_fails(Azurite azurite) : IAsyncLifetime
{
    private const string Commit = "POST $batch";

    private readonly Troubles troubles = new();
    private TableStorage? storage;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IStreamStore Store => storage!.Streams;

    public async ValueTask InitializeAsync() => storage = await Accounts.NewAsync(azurite, TimeProvider.System, troubles);

    public ValueTask DisposeAsync()
    {
        storage?.Dispose();
        troubles.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task after_an_append_was_written_it_is_found_to_be_ours()
    {
        Happens(Commit, Trouble.Broken);

        Assert.IsType<AppendResult.Appended>(await AppendAsync("c1"));

        Assert.Single((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
    }

    [Fact]
    public async Task before_an_append_was_written_nobody_is_told_that_it_was()
    {
        Happens(Commit, Trouble.Busy);

        await Assert.ThrowsAsync<StoreException>(() => AppendAsync("c1"));

        Assert.Empty((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
        Assert.IsType<AppendResult.Appended>(await AppendAsync("c1"));
    }

    [Theory]
    [InlineData(nameof(Trouble.Lost), 0)]
    [InlineData(nameof(Trouble.AnswerLost), 1)]
    public async Task with_silence_the_answer_comes_at_its_deadline_and_promises_nothing(string silence, int written)
    {
        Happens(Commit, Enum.Parse<Trouble>(silence));

        await GivenUpAsync("c1");

        Assert.Equal(written, (await Store.ReadAsync(Incident42, 0, 10, Token)).Entries.Length);

        // Whoever asks again is told what the first attempt wrote, or has it written.
        var again = await AppendAsync("c1");
        Assert.True(written == 1 ? again is AppendResult.Repeated : again is AppendResult.Appended);
        Assert.Single((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task with_an_append_that_arrives_after_it_was_given_up_it_is_there_once(bool askedAgainFirst)
    {
        Happens(Commit, Trouble.Late);
        await GivenUpAsync("c1");

        Assert.Empty((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
        if (askedAgainFirst)
        {
            Assert.IsType<AppendResult.Appended>(await AppendAsync("c1"));
            Assert.Contains("EntityAlreadyExists", Assert.Single(await troubles.ArriveLateAsync(Token)), StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain("odata.error", Assert.Single(await troubles.ArriveLateAsync(Token)), StringComparison.Ordinal);
            Assert.IsType<AppendResult.Repeated>(await AppendAsync("c1"));
        }

        Assert.Single((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
    }

    [Fact]
    public async Task with_a_conflict_of_our_own_making_it_is_ours()
    {
        // What a client that tries twice sees: its first attempt was written, and the second one is refused because of it.
        var settings = await Accounts.SettingsAsync(azurite, TimeProvider.System);
        using var other = TableStorage.Open(settings);
        using var twice = new Troubles { Again = Commit };
        using var trying = TableStorage.Open(settings with { Transport = twice });

        Assert.IsType<AppendResult.Appended>(await trying.Streams.AppendAsync(Incident42, Head.Empty, [Note("c1")], Token));

        Assert.Single((await other.Streams.ReadAsync(Incident42, 0, 10, Token)).Entries);
    }

    [Theory]
    [InlineData(nameof(Trouble.Busy))]
    [InlineData(nameof(Trouble.Throttled))]
    public async Task that_is_busy_is_asked_again_by_work_in_the_background_when_it_says_so(string busy)
    {
        await storage!.Directory.TouchActiveAsync(new IncidentId(1), Token);
        troubles.Choose = (request, before) => request == $"GET {StoreRows.Directory}" && before == 0 ? Enum.Parse<Trouble>(busy) : Trouble.None;
        var began = Stopwatch.GetTimestamp();

        Assert.Single(await storage.Directory.ListActiveAsync(Token));

        // The service asked for a second.
        Assert.True(Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(nameof(Trouble.Busy))]
    [InlineData(nameof(Trouble.Throttled))]
    public async Task that_is_busy_is_not_asked_again_on_the_way_to_an_answer(string busy)
    {
        Happens($"GET {StoreRows.Record}", Enum.Parse<Trouble>(busy));

        await Assert.ThrowsAsync<StoreException>(() => Store.ReadAsync(Incident42, 0, 10, Token));

        Assert.Single(troubles.Requests, request => request == $"GET {StoreRows.Record}");
    }

    [Fact]
    public async Task after_a_lease_was_taken_it_is_found_to_be_ours()
    {
        Happens($"POST {StoreRows.Directory}", Trouble.Broken);

        var lease = await storage!.Leases.TryTakeAsync(new IncidentId(1), Token);

        Assert.NotNull(lease);
        Assert.True(await storage.Leases.RenewAsync(lease, Token));
        Assert.Null(await storage.Leases.TryTakeAsync(new IncidentId(1), Token));
    }

    [Fact]
    public async Task after_a_lease_was_renewed_it_can_be_renewed_again()
    {
        var lease = await storage!.Leases.TryTakeAsync(new IncidentId(1), Token);
        Happens($"PUT {StoreRows.Directory}", Trouble.Broken);

        Assert.True(await storage.Leases.RenewAsync(lease!, Token));
        Assert.True(await storage.Leases.RenewAsync(lease!, Token));
    }

    [Fact]
    public async Task with_pages_that_are_empty_and_go_on_they_are_read_to_the_end()
    {
        Assert.IsType<AppendResult.Appended>(await AppendAsync("c1"));
        troubles.EmptyPagesFirst = 3;

        Assert.Single((await Store.ReadAsync(Incident42, 0, 10, Token)).Entries);
    }

    [Fact]
    public async Task with_more_rows_than_a_page_holds_all_are_read()
    {
        var head = Head.Empty;
        for (var batch = 0; batch < 22; batch++)
        {
            head = ((AppendResult.Appended)await Store.AppendAsync(Incident42, head, [.. Notes(50, $"batch-{batch}")], Token)).Head;
        }

        var slice = await Store.ReadAsync(Incident42, 0, 5000, Token);

        Assert.Equal(1100, slice.Entries.Length);
        Assert.Equal(head.Hash, slice.Head.Hash);
    }

    [Fact]
    public async Task for_want_of_a_table_no_room_is_taken_for_a_strange_one()
    {
        var room = new RoomId("slack", "C1");
        await storage!.Directory.PutRoomAsync(room, new IncidentId(42), Token);
        troubles.Choose = (_, _) => Trouble.NoTable;

        Assert.Contains("TableNotFound", (await Assert.ThrowsAsync<StoreException>(() => storage.Directory.FindRoomAsync(room, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("TableNotFound", (await Assert.ThrowsAsync<StoreException>(() => storage.Directory.ListActiveAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task and_has_lost_what_a_record_needs_it_is_not_begun_anew()
    {
        var settings = await Accounts.SettingsAsync(azurite, TimeProvider.System);
        using (var first = TableStorage.Open(settings))
        {
            await first.Streams.AppendAsync(StreamId.Numbers, Head.Empty, [Note("c1")], Token);
        }

        var directory = new TableClient(settings.ConnectionString, StoreRows.Directory);
        await foreach (var row in directory.QueryAsync<TableEntity>(row => row.PartitionKey.CompareTo(settings.Organisation) >= 0 && row.PartitionKey.CompareTo($"{settings.Organisation}~") < 0, cancellationToken: Token))
        {
            await directory.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Token);
        }

        var refused = Assert.Throws<StoreException>(() => TableStorage.Open(settings));
        Assert.Contains("Restore both tables from the same backup", refused.Message, StringComparison.Ordinal);
    }

    // Whoever waits for an answer has two seconds; their end is that of the token.
    private async Task GivenUpAsync(string cause)
    {
        using var deadline = new CancellationTokenSource();
        var append = AppendAsync(cause, deadline.Token);
        await troubles.Held.WaitAsync(Token);
        await deadline.CancelAsync();
        await Assert.ThrowsAsync<StoreException>(() => append);
    }

    private Task<AppendResult> AppendAsync(string cause, CancellationToken? token = null) =>
        Store.AppendAsync(Incident42, Head.Empty, [Note(cause)], token ?? Token);

    private void Happens(string request, Trouble trouble) => troubles.Choose = (name, _) =>
    {
        if (name != request)
        {
            return Trouble.None;
        }

        troubles.Choose = (_, _) => Trouble.None;
        return trouble;
    };
}
