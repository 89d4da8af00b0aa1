using ChatOpsIR.Bot.Tests.Storage;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>A checker that overlooks a stream or a room proves nothing.</summary>
public class Reading_a_whole_store(Azurite azurite)
{
    private static readonly RoomId Slack = new("slack", "C1");
    private static readonly RoomId Teams = new("teams", "19:one/two=three@thread.tacv2");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task finds_every_stream_and_room_in_SQLite()
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("acme", null));
        await FindsAsync(storage);
    }

    [Fact]
    public async Task finds_every_stream_and_room_in_Azure_Tables_and_nothing_of_others_there()
    {
        var settings = await Accounts.SettingsAsync(azurite, TimeProvider.System);
        using var other = TableStorage.Open(settings with { Organisation = $"{settings.Organisation}-too" });
        await other.Streams.AppendAsync(new StreamId("INC-7"), Head.Empty, [Drafts.Note("theirs")], Ct);
        await other.Directory.PutRoomAsync(new RoomId("slack", "C7"), new IncidentId(7), Ct);

        using var storage = TableStorage.Open(settings);
        await FindsAsync(storage);
    }

    private static async Task FindsAsync(RecordStorage storage)
    {
        await storage.Streams.AppendAsync(StreamId.Numbers, Head.Empty, [Drafts.Note("n1"), Drafts.Note("n2")], Ct);
        await storage.Streams.AppendAsync(new StreamId("INC-1"), Head.Empty, [Drafts.Note("c1"), Drafts.Note("c2")], Ct);
        await storage.Streams.AppendAsync(new StreamId("INC-2"), Head.Empty, [Drafts.Note("c3")], Ct);
        await storage.Directory.PutRoomAsync(Teams, new IncidentId(2), Ct);
        await storage.Directory.PutRoomAsync(Slack, new IncidentId(1), Ct);
        await storage.Directory.PutRoomAliasAsync(new(Slack with { Id = "C2" }, Slack, Drafts.Now), Ct);

        var record = await WholeRecord.ReadAsync(storage, Ct);

        Assert.Equal([("INC-1", 2), ("INC-2", 1), ("numbers", 2)], record.Streams.Select(stream => (stream.Id.Value, stream.Raw.Count)));
        Assert.Equal([(Slack, new IncidentId(1)), (Teams, new IncidentId(2))], record.Rooms);
    }
}
