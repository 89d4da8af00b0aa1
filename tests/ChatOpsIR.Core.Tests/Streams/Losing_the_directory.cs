using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using ChatOpsIR.Storage.Sqlite;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Streams;

/// <summary>Its rows are older than the record, as after a backup of it was restored: what they should say is read from the streams.</summary>
public sealed class A_directory_that_lost_its_rows : IDisposable
{
    private readonly TestBot bot = Running();
    private readonly SqliteStorage empty = SqliteStorage.Open(new SqliteSettings("acme", null) { Inline = true });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task knows_the_war_room_again_after_a_round()
    {
        var room = await bot.DeclaredAsync();

        await RoundAsync();

        Assert.Equal(new RegisteredRoom(One, room), await empty.Directory.FindRoomAsync(room, Ct));
    }

    [Fact]
    public async Task knows_the_war_room_by_its_later_ids_too()
    {
        var room = await bot.DeclaredAsync();
        var later = room with { Id = "renamed" };
        var changed = new ChatRecord(ChatKind.RoomChanged, room, "") { NewRoom = later };
        Assert.True(await bot.Desk.RecordAsync(new RecordedMessage(new Stamp("hall:renamed", bot.Time.GetUtcNow(), null, Source.Live), changed), Ct));

        await RoundAsync();

        Assert.Equal(new RegisteredRoom(One, room), await empty.Directory.FindRoomAsync(later, Ct));
        Assert.Equal(later, await empty.Directory.CurrentRoomAsync(room, Ct));
    }

    [Fact]
    public async Task knows_a_later_id_again_where_only_that_is_lost()
    {
        var room = await bot.DeclaredAsync();
        var later = room with { Id = "renamed" };
        await empty.Directory.PutRoomAsync(room, One, Ct);
        var changed = new ChatRecord(ChatKind.RoomChanged, room, "") { NewRoom = later };
        await bot.Desk.RecordAsync(new RecordedMessage(new Stamp("hall:renamed", bot.Time.GetUtcNow(), null, Source.Live), changed), Ct);

        await RoundAsync();

        Assert.Equal(new RegisteredRoom(One, room), await empty.Directory.FindRoomAsync(later, Ct));
    }

    [Fact]
    public async Task is_filled_again_around_an_incident_that_cannot_be_read()
    {
        await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare Search is slow sev:3");
        await bot.SaysAsync(Ada, "declare Mail is late sev:3");
        using var other = bot.With(empty.Directory);
        other.Store.Sick = new IncidentId(2).Stream;

        Assert.Contains("INC-2", (await Assert.ThrowsAsync<RoundIncompleteException>(() => other.Reconciling.RunAsync(Ct))).Message, StringComparison.Ordinal);
        await bot.SaysAsync(Ada, "declare Lights out sev:3");
        await Assert.ThrowsAsync<RoundIncompleteException>(() => other.Reconciling.RunAsync(Ct));
        Assert.Equal([1, 3, 4], (await empty.Directory.ListActiveAsync(Ct)).Select(row => row.Incident.Number).Order());

        other.Store.Sick = null;
        await other.Reconciling.RunAsync(Ct);
        Assert.Equal([1, 2, 3, 4], (await empty.Directory.ListActiveAsync(Ct)).Select(row => row.Incident.Number).Order());
    }

    [Fact]
    public async Task lists_what_is_open_and_not_what_is_over()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "declare Search is slow sev:3");
        await bot.SaysAsync(Ada, "resolve Rolled back", room);
        await bot.SaysAsync(Ada, "close", room);

        await RoundAsync();

        Assert.Equal([new IncidentId(2)], (await empty.Directory.ListActiveAsync(Ct)).Select(row => row.Incident));
    }

    [Fact]
    public async Task reminds_again_from_the_second_round_on()
    {
        await bot.DeclaredAsync();

        await RoundAsync(rounds: 2);

        Assert.Equal(await bot.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct), await empty.Directory.ListDueAsync(DateTimeOffset.MaxValue, 10, Ct));
    }

    [Fact]
    public async Task knows_the_oldest_incidents_after_some_rounds()
    {
        var room = await bot.DeclaredAsync();
        for (var number = 2; number <= LostRows.MostPerRound + 2; number++)
        {
            await bot.SaysAsync(Ada, $"declare Trouble number {number} sev:4");
        }

        await RoundAsync();
        Assert.Null(await empty.Directory.FindRoomAsync(room, Ct));
        Assert.Equal(LostRows.MostPerRound, (await empty.Directory.ListActiveAsync(Ct)).Length);

        await RoundAsync(rounds: 2);
        Assert.NotNull(await empty.Directory.FindRoomAsync(room, Ct));
        Assert.Equal(LostRows.MostPerRound + 2, (await empty.Directory.ListActiveAsync(Ct)).Length);
    }

    public void Dispose()
    {
        bot.Dispose();
        empty.Dispose();
    }

    private async Task RoundAsync(int rounds = 1)
    {
        using var other = bot.With(empty.Directory);
        for (var round = 0; round < rounds; round++)
        {
            await other.Reconciling.RunAsync(Ct);
        }
    }
}
