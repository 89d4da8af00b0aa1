using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What every directory has to keep.</summary>
public abstract class DirectoryContract : IDisposable
{
    private static readonly IncidentId First = new(1);
    private static readonly IncidentId Second = new(2);
    private static readonly RoomId Room = new("slack", "C1");
    private static readonly PersonId Ada = new("teams", "tenant", "29:1abc");

    private static readonly PersonId Grace = new("slack", "T1", "U2");
    private static readonly EffectKey Effect = new(First.Stream, 12, 1);

    protected SteppedTime Time { get; } = new(Now);

    protected abstract IDirectory Directory { get; }

    private static RoomAlias Given(string id, DateTimeOffset since) => new(Room with { Id = id }, Room, since);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_touched_incident_is_listed_once_with_its_last_touch()
    {
        await Directory.TouchActiveAsync(Second, Token);
        await Directory.TouchActiveAsync(First, Token);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Directory.TouchActiveAsync(First, Token);

        var rows = await Directory.ListActiveAsync(Token);

        Assert.Equal([First, Second], rows.Select(row => row.Incident));
        Assert.Equal(Now.AddSeconds(1), rows[0].TouchedAt);
    }

    [Fact]
    public async Task An_active_row_is_removed_unless_it_was_touched_after_it_was_read()
    {
        await Directory.TouchActiveAsync(First, Token);
        var read = (await Directory.ListActiveAsync(Token)).Single();
        await Directory.TouchActiveAsync(First, Token);

        await Directory.RemoveActiveAsync(read, Token);
        var renewed = Assert.Single(await Directory.ListActiveAsync(Token));

        await Directory.RemoveActiveAsync(renewed, Token);
        Assert.Empty(await Directory.ListActiveAsync(Token));
    }

    [Fact]
    public async Task A_row_that_was_removed_and_came_again_is_not_removed_by_its_old_tag()
    {
        await Directory.TouchActiveAsync(First, Token);
        var old = (await Directory.ListActiveAsync(Token)).Single();
        await Directory.RemoveActiveAsync(old, Token);
        await Directory.TouchActiveAsync(First, Token);

        await Directory.RemoveActiveAsync(old, Token);

        Assert.Single(await Directory.ListActiveAsync(Token));
    }

    [Fact]
    public async Task A_room_is_found_from_the_moment_it_is_put()
    {
        Assert.Null(await Directory.FindRoomAsync(Room, Token));

        await Directory.PutRoomAsync(Room, First, Token);
        await Directory.PutRoomAsync(Room, First, Token);

        Assert.Equal(new RegisteredRoom(First, Room), await Directory.FindRoomAsync(Room, Token));
        Assert.Null(await Directory.FindRoomAsync(new RoomId("teams", "C1"), Token));
    }

    [Fact]
    public async Task A_room_is_found_by_every_id_it_was_ever_given()
    {
        await Directory.PutRoomAsync(Room, First, Token);
        await Directory.PutRoomAliasAsync(Given("C2", Now), Token);
        await Directory.PutRoomAliasAsync(Given("C3", Now.AddHours(1)), Token);

        foreach (var id in new[] { "C1", "C2", "C3" })
        {
            Assert.Equal(new RegisteredRoom(First, Room), await Directory.FindRoomAsync(Room with { Id = id }, Token));
        }
    }

    [Fact]
    public async Task A_room_is_called_by_the_latest_id_however_late_the_earlier_ones_are_told()
    {
        await Directory.PutRoomAsync(Room, First, Token);
        Assert.Equal(Room, await Directory.CurrentRoomAsync(Room, Token));

        await Directory.PutRoomAliasAsync(Given("C3", Now.AddHours(1)), Token);
        await Directory.PutRoomAliasAsync(Given("C2", Now), Token);
        Assert.Equal("C3", (await Directory.CurrentRoomAsync(Room, Token)).Id);

        await Directory.PutRoomAliasAsync(Given("C1", Now.AddHours(2)), Token);
        await Directory.PutRoomAliasAsync(Given("C3", Now.AddHours(1)), Token);
        Assert.Equal(Room, await Directory.CurrentRoomAsync(Room, Token));
    }

    [Fact]
    public async Task A_room_of_one_incident_becomes_no_other_name_for_the_room_of_another()
    {
        await Directory.PutRoomAsync(Room, First, Token);
        await Directory.PutRoomAsync(Room with { Id = "C2" }, Second, Token);

        await Directory.PutRoomAliasAsync(Given("C2", Now), Token);

        Assert.Equal(Second, (await Directory.FindRoomAsync(Room with { Id = "C2" }, Token))?.Incident);
        Assert.Equal(Room, await Directory.CurrentRoomAsync(Room, Token));
    }

    [Fact]
    public async Task What_is_due_is_listed_earliest_first_and_not_before_its_time()
    {
        await Directory.PutDueAsync(new DueRow(Now.AddSeconds(3), First), Token);
        await Directory.PutDueAsync(new DueRow(Now.AddSeconds(1), Second), Token);
        await Directory.PutDueAsync(new DueRow(Now.AddSeconds(1), First), Token);
        await Directory.PutDueAsync(new DueRow(Now.AddSeconds(1), First), Token);

        Assert.Empty(await Directory.ListDueAsync(Now, 10, Token));
        Assert.Equal([First, Second], (await Directory.ListDueAsync(Now.AddSeconds(1), 10, Token)).Select(row => row.Incident));
        Assert.Equal(3, (await Directory.ListDueAsync(Now.AddSeconds(3), 10, Token)).Length);
        Assert.Equal(new DueRow(Now.AddSeconds(1), First), Assert.Single(await Directory.ListDueAsync(Now.AddSeconds(3), 1, Token)));
    }

    [Fact]
    public async Task What_was_told_is_no_longer_due()
    {
        var row = new DueRow(Now, First);
        await Directory.PutDueAsync(row, Token);

        await Directory.RemoveDueAsync(row, Token);

        Assert.Empty(await Directory.ListDueAsync(Now, 10, Token));
    }

    [Fact]
    public async Task What_a_surface_shows_is_remembered()
    {
        Assert.Null(await Directory.ReadShownAsync("card:INC-1", Token));

        await Directory.PutShownAsync("card:INC-1", "a", Token);
        await Directory.PutShownAsync("card:INC-1", "b", Token);

        Assert.Equal("b", await Directory.ReadShownAsync("card:INC-1", Token));
    }

    [Theory]
    [InlineData("ada@example.org", PersonKind.Member, "Ada Lovelace")]
    [InlineData(null, PersonKind.Foreign, null)]
    public async Task A_person_is_remembered_for_an_hour(string? email, PersonKind kind, string? fullName)
    {
        var ada = new Person(Ada, "Ada", email, kind) { FullName = fullName };
        await Directory.PutPersonAsync(ada, Token);

        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(ada, await Directory.FindPersonAsync(Ada, Token));

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Directory.FindPersonAsync(Ada, Token));
    }

    [Fact]
    public async Task A_ledger_is_for_those_whom_the_first_opened_it_for()
    {
        Assert.Empty(await Directory.ReadLedgerAsync(Effect, Token));

        await Directory.OpenLedgerAsync(Effect, [Grace, Ada], Token);
        var opened = await Directory.OpenLedgerAsync(Effect, [Grace with { User = "U9" }], Token);

        Assert.Equal([Grace, Ada], opened.Select(row => row.Person));
        Assert.All(opened, row => Assert.Equal(DeliveryState.Planned, row.State));
        Assert.Equal(opened, await Directory.ReadLedgerAsync(Effect, Token));
        Assert.Empty(await Directory.ReadLedgerAsync(Effect with { Index = 3 }, Token));
    }

    [Fact]
    public async Task A_delivery_is_begun_by_one()
    {
        await Directory.OpenLedgerAsync(Effect, [Ada], Token);

        Assert.True(await Directory.BeginDeliveryAsync(Effect, Ada, Token));
        Assert.False(await Directory.BeginDeliveryAsync(Effect, Ada, Token));
        Assert.Equal(DeliveryState.Begun, Assert.Single(await Directory.ReadLedgerAsync(Effect, Token)).State);
    }

    [Fact]
    public async Task A_delivery_whose_ledger_is_gone_may_have_been_made()
    {
        await Directory.OpenLedgerAsync(Effect, [Ada], Token);
        await Directory.BeginDeliveryAsync(Effect, Ada, Token);
        await Directory.RemoveLedgersAsync(First, Token);

        Assert.False(await Directory.BeginDeliveryAsync(Effect, Ada, Token));
    }

    [Theory]
    [InlineData(30 * 24)]
    [InlineData(1)]
    public async Task Whoever_was_seen_by_a_clock_far_ahead_is_looked_up_again(int hours)
    {
        Time.SetClock(TimeSpan.FromHours(hours));
        await Directory.PutPersonAsync(new Person(Grace, "Grace", null, PersonKind.Member), Token);
        Time.SetClock(TimeSpan.Zero);

        Assert.Null(await Directory.FindPersonAsync(Grace, Token));
    }

    [Fact]
    public async Task A_delivery_is_settled_once()
    {
        await Directory.OpenLedgerAsync(Effect, [Ada, Grace], Token);
        await Directory.BeginDeliveryAsync(Effect, Ada, Token);
        var made = new LedgerRow(Ada, DeliveryState.Made) { Message = new MessageId(Room, "1.1") };
        var dropped = new LedgerRow(Grace, DeliveryState.Dropped) { Code = "user_disabled" };

        Assert.Equal(made, await Directory.SettleDeliveryAsync(Effect, made, Token));
        Assert.Equal(made, await Directory.SettleDeliveryAsync(Effect, made with { Message = new MessageId(Room, "2.2") }, Token));
        Assert.Equal(dropped, await Directory.SettleDeliveryAsync(Effect, dropped, Token));
        Assert.False(await Directory.BeginDeliveryAsync(Effect, Grace, Token));
        Assert.Equal([dropped, made], await Directory.ReadLedgerAsync(Effect, Token));
    }

    [Fact]
    public async Task A_ledger_is_removed_with_all_of_its_incident()
    {
        var other = Effect with { Stream = Second.Stream };
        await Directory.OpenLedgerAsync(Effect, [Ada], Token);
        await Directory.OpenLedgerAsync(other, [Ada], Token);

        await Directory.RemoveLedgersAsync(First, Token);

        Assert.Empty(await Directory.ReadLedgerAsync(Effect, Token));
        Assert.Single(await Directory.ReadLedgerAsync(other, Token));
    }

    [Fact]
    public async Task Many_are_due_in_one_second_and_each_is_told_apart()
    {
        var rows = Enumerable.Range(1, 60).Select(number => new DueRow(Now, new IncidentId(number))).ToArray();
        await Task.WhenAll(rows.Select(row => Directory.PutDueAsync(row, Token)));

        await Directory.RemoveDueAsync(rows[30], Token);

        Assert.Equal(rows.Except([rows[30]]), await Directory.ListDueAsync(Now, 100, Token));
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_fine()
    {
        await Directory.TouchActiveAsync(First, Token);
        var row = (await Directory.ListActiveAsync(Token)).Single();
        await Directory.RemoveActiveAsync(row, Token);
        await Directory.RemoveActiveAsync(row, Token);
        await Directory.RemoveDueAsync(new DueRow(Now, First), Token);
        await Directory.RemoveLedgersAsync(First, Token);

        Assert.Empty(await Directory.ListActiveAsync(Token));
    }

    [Fact]
    public async Task Surfaces_are_told_apart_and_one_may_show_nothing_known()
    {
        await Directory.PutShownAsync("INC-1|card", "a", Token);
        await Directory.PutShownAsync("INC-1|topic", "", Token);

        Assert.Equal("a", await Directory.ReadShownAsync("INC-1|card", Token));
        Assert.Equal("", await Directory.ReadShownAsync("INC-1|topic", Token));
        Assert.Null(await Directory.ReadShownAsync("INC-11|card", Token));
    }

    [Fact]
    public async Task A_person_is_as_they_were_seen_last()
    {
        await Directory.PutPersonAsync(new Person(Grace, "Grace", "grace@example.org", PersonKind.Member) { FullName = "Grace Hopper" }, Token);
        await Directory.PutPersonAsync(new Person(Grace, "Grace (left)", null, PersonKind.Guest), Token);

        Assert.Equal(new Person(Grace, "Grace (left)", null, PersonKind.Guest), await Directory.FindPersonAsync(Grace, Token));
        Assert.Null(await Directory.FindPersonAsync(Grace with { Workspace = "T2" }, Token));
    }

    [Fact]
    public async Task A_delivery_is_begun_by_one_of_many()
    {
        await Directory.OpenLedgerAsync(Effect, [Ada], Token);

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Directory.BeginDeliveryAsync(Effect, Ada, Token)));

        Assert.Single(begun, first => first);
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract void Close();
}
