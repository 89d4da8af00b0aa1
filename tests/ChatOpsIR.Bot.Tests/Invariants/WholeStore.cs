using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>What the bot never asks of a store, and whoever checks all of it must: which streams there are, and every row of a room.</summary>
internal static partial class WholeStore
{
    public static Task<IReadOnlyList<StreamId>> StreamsAsync(RecordStorage storage, CancellationToken ct) => storage switch
    {
        SqliteStorage sqlite => StreamsAsync(sqlite, ct),
        TableStorage tables => StreamsAsync(tables, ct),
        _ => throw Unknown(storage),
    };

    /// <summary>By incident.</summary>
    public static Task<IReadOnlyList<(RoomId Room, IncidentId Incident)>> RoomsAsync(RecordStorage storage, CancellationToken ct) => storage switch
    {
        SqliteStorage sqlite => RoomsAsync(sqlite, ct),
        TableStorage tables => RoomsAsync(tables, ct),
        _ => throw Unknown(storage),
    };

    private static async Task<IReadOnlyList<StreamId>> StreamsAsync(SqliteStorage storage, CancellationToken ct) => await storage.Loop.ReadAsync(
        session => session.Query("SELECT DISTINCT stream FROM entries ORDER BY stream", row => new StreamId(row.GetString(0))), ct);

    // The partitions of an organisation are all that lies between its name with a bar and its name with the letter after the bar.
    private static async Task<IReadOnlyList<StreamId>> StreamsAsync(TableStorage storage, CancellationToken ct)
    {
        var organisation = StoreRows.Partition(storage.Organisation, "");
        var first = await storage.Record.ListAsync(
            $"PartitionKey ge '{organisation}' and PartitionKey lt '{storage.Organisation}}}' and RowKey eq '{StoreRows.Entry(1)}'", int.MaxValue, ct, "PartitionKey");
        return [.. first.Select(row => new StreamId(row.PartitionKey[organisation.Length..])).OrderBy(stream => stream.Value, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<(RoomId Room, IncidentId Incident)>> RoomsAsync(SqliteStorage storage, CancellationToken ct) => await storage.Loop.ReadAsync(
        session => session.Query(
            "SELECT platform, room, incident FROM rooms ORDER BY incident",
            row => (new RoomId(row.GetString(0), row.GetString(1)), new IncidentId(row.GetInt32(2)))),
        ct);

    // The row of another id of a room names no incident.
    private static async Task<IReadOnlyList<(RoomId Room, IncidentId Incident)>> RoomsAsync(TableStorage storage, CancellationToken ct)
    {
        var rows = await storage.Mutable.ListAsync(StoreRows.All(StoreRows.Partition(storage.Organisation, "room")), int.MaxValue, ct);
        var rooms =
            from row in rows
            let number = row.GetInt32("incident")
            where number is not null
            orderby number
            let name = Words(row.RowKey).Split(':', 2)
            select (new RoomId(name[0], name[1]), new IncidentId(number.Value));
        return [.. rooms];
    }

    private static string Words(string rowKey) =>
        SpeltOut().Replace(rowKey, letter => $"{(char)int.Parse(letter.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");

    private static ArgumentException Unknown(RecordStorage storage) => new($"Nobody has taught the checker to read all of a {storage.GetType().Name}.", nameof(storage));

    [GeneratedRegex("![0-9a-f]{4}")]
    private static partial Regex SpeltOut();
}
