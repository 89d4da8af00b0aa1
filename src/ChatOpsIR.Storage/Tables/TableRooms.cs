using Azure;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// The rows of rooms: one for every id that a room was ever given. The row of its first id names the incident and the latest id; the others
/// name the first.
/// </summary>
internal sealed class TableRooms(StoreTable table, string organisation)
{
    private const int Tries = 8;
    private const string Incident = "incident";
    private const string First = "first";
    private const string Since = "since";
    private const string Current = "current";
    private const string CurrentSince = "current_since";

    private readonly string _partition = StoreRows.Partition(organisation, "room");

    public Task PutAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken) =>
        table.MergeAsync(new TableEntity(_partition, Row(room)) { [Incident] = incident.Number }, cancellationToken);

    public async Task PutAliasAsync(RoomAlias alias, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(alias.Room, row => Claim(row, alias), cancellationToken))
        {
            await ChangeAsync(alias.First, row => Call(row, alias), cancellationToken);
        }
    }

    public async Task<RegisteredRoom?> FindAsync(RoomId room, CancellationToken cancellationToken)
    {
        var row = await table.FindAsync(_partition, Row(room), cancellationToken);
        var first = row?.GetString(First) is { } id ? room with { Id = id } : room;
        if (first != room)
        {
            row = await table.FindAsync(_partition, Row(first), cancellationToken);
        }

        return row?.GetInt32(Incident) is { } number ? new RegisteredRoom(new IncidentId(number), first) : null;
    }

    public async Task<RoomId> CurrentAsync(RoomId first, CancellationToken cancellationToken) =>
        await table.FindAsync(_partition, Row(first), cancellationToken, "PartitionKey", "RowKey", Current) is { } row && row.GetString(Current) is { } id
            ? first with { Id = id }
            : first;

    // False when the id is not this room's to have. A room that was registered for another incident stays that one's.
    private static bool? Claim(TableEntity row, RoomAlias alias)
    {
        if (row.GetString(First) is { } claimed)
        {
            return claimed != alias.First.Id ? false : Later(row, Since, alias.Since);
        }

        if (row.GetInt32(Incident) is not null && alias.Room != alias.First)
        {
            return false;
        }

        row[First] = alias.First.Id;
        row[Since] = Times.Write(alias.Since);
        return true;
    }

    private static bool? Call(TableEntity row, RoomAlias alias)
    {
        if (Later(row, CurrentSince, alias.Since) is not true)
        {
            return null;
        }

        row[Current] = alias.Room.Id;
        return true;
    }

    // Null leaves the row as it is, and is no refusal.
    private static bool? Later(TableEntity row, string name, DateTimeOffset since)
    {
        if (row.GetString(name) is { } known && Times.Read(known) >= since)
        {
            return null;
        }

        row[name] = Times.Write(since);
        return true;
    }

    private async Task<bool> ChangeAsync(RoomId room, Func<TableEntity, bool?> change, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var there = await table.FindAsync(_partition, Row(room), cancellationToken);
            var row = there ?? new TableEntity(_partition, Row(room));
            if (change(row) is not { } changed)
            {
                return true;
            }

            if (!changed)
            {
                return false;
            }

            ETag? written = there is null ? await table.TryInsertAsync(row, cancellationToken) : await table.TryReplaceAsync(row, there.ETag, cancellationToken);
            if (written is not null)
            {
                return true;
            }
        }

        throw new StoreException($"The row of room {room} changed {Tries} times while it was being written.");
    }

    private static string Row(RoomId room) => StoreRows.Name(room.ToString());
}
