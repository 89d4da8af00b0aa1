using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>The directory in Azure Tables. What stands before an append, or is looked up for one, goes by the client that does not wait.</summary>
internal sealed class TableDirectory(StoreTable answering, StoreTable working, string organisation, TimeProvider time) : IDirectory
{
    private readonly TableRooms _rooms = new(answering, organisation);
    private readonly TableLedgers _ledgers = new(working, organisation);
    private readonly string _active = StoreRows.Partition(organisation, "active");
    private readonly string _due = StoreRows.Partition(organisation, "due");
    private readonly string _shown = StoreRows.Partition(organisation, "shown");
    private readonly string _people = StoreRows.Partition(organisation, "person");

    public async Task TouchActiveAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("touch active", incident.Stream);
        var row = new TableEntity(_active, StoreRows.Incident(incident)) { ["touched_at"] = Times.Write(time.GetUtcNow()) };
        await answering.PutAsync(row, cancellationToken);
    }

    public async Task<ImmutableArray<ActiveRow>> ListActiveAsync(CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("list active");
        var rows = await working.ListAsync(StoreRows.All(_active), int.MaxValue, cancellationToken);
        return [.. rows.Select(row => new ActiveRow(IncidentOf(row.RowKey), Times.Read(row.GetString("touched_at")), row.ETag.ToString()))];
    }

    public async Task RemoveActiveAsync(ActiveRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove active", row.Incident.Stream);
        await working.DeleteAsync(_active, StoreRows.Incident(row.Incident), new ETag(row.Tag), cancellationToken);
    }

    public async Task PutRoomAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put room", incident.Stream);
        await _rooms.PutAsync(room, incident, cancellationToken);
    }

    public async Task PutRoomAliasAsync(RoomAlias alias, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put room alias");
        await _rooms.PutAliasAsync(alias, cancellationToken);
    }

    public async Task<RegisteredRoom?> FindRoomAsync(RoomId room, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find room");
        return await _rooms.FindAsync(room, cancellationToken);
    }

    public async Task<RoomId> CurrentRoomAsync(RoomId room, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("current room");
        return await _rooms.CurrentAsync(room, cancellationToken);
    }

    public async Task PutDueAsync(DueRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put due", row.Incident.Stream);
        await answering.PutAsync(new TableEntity(_due, DueKey(row)), cancellationToken);
    }

    public async Task<ImmutableArray<DueRow>> ListDueAsync(DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("list due");
        var rows = await working.ListAsync($"{StoreRows.All(_due)} and RowKey lt '{Ticks(until)}~'", most, cancellationToken);
        return [.. rows.Select(row => DueOf(row.RowKey))];
    }

    public async Task RemoveDueAsync(DueRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove due", row.Incident.Stream);
        await working.DeleteAsync(_due, DueKey(row), ETag.All, cancellationToken);
    }

    public async Task<string?> ReadShownAsync(string surface, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read shown");
        return (await working.FindAsync(_shown, StoreRows.Name(surface), cancellationToken))?.GetString("fingerprint");
    }

    public async Task PutShownAsync(string surface, string fingerprint, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put shown");
        await working.PutAsync(new TableEntity(_shown, StoreRows.Name(surface)) { ["fingerprint"] = fingerprint }, cancellationToken);
    }

    public async Task<Person?> FindPersonAsync(PersonId person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find person");
        var row = await answering.FindAsync(_people, StoreRows.Name(person.ToString()), cancellationToken);
        return row is not null && KnownPeople.IsFresh(Times.Read(row.GetString("seen_at")), time.GetUtcNow())
            ? new Person(person, row.GetString("name"), row.GetString("email"), StoredWords<PersonKind>.Read(row.GetString("kind"))) { FullName = row.GetString("full_name") }
            : null;
    }

    public async Task PutPersonAsync(Person person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put person");
        var row = new TableEntity(_people, StoreRows.Name(person.Id.ToString()))
        {
            ["name"] = person.Name,
            ["full_name"] = person.FullName,
            ["email"] = person.Email,
            ["kind"] = StoredWords<PersonKind>.Write(person.Kind),
            ["seen_at"] = Times.Write(time.GetUtcNow()),
        };
        await answering.PutAsync(row, cancellationToken);
    }

    public async Task<ImmutableArray<LedgerRow>> ReadLedgerAsync(EffectKey effect, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read ledger", effect.Stream);
        return await _ledgers.ReadAsync(effect, cancellationToken);
    }

    public async Task<ImmutableArray<LedgerRow>> OpenLedgerAsync(EffectKey effect, ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("open ledger", effect.Stream);
        return await _ledgers.OpenAsync(effect, people, cancellationToken);
    }

    public async Task<bool> BeginDeliveryAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("begin delivery", effect.Stream);
        return await _ledgers.BeginAsync(effect, person, cancellationToken);
    }

    public async Task<LedgerRow> SettleDeliveryAsync(EffectKey effect, LedgerRow delivery, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("settle delivery", effect.Stream);
        return await _ledgers.SettleAsync(effect, delivery, cancellationToken);
    }

    public async Task RemoveLedgersAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove ledgers", incident.Stream);
        await _ledgers.RemoveAllAsync(incident.Stream, cancellationToken);
    }

    private static string DueKey(DueRow row) => $"{Ticks(row.Bucket)}|{StoreRows.Incident(row.Incident)}";

    private static string Ticks(DateTimeOffset moment) => moment.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static DueRow DueOf(string key) => key.Split('|') is [var ticks, var incident]
        ? new DueRow(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), IncidentOf(incident))
        : throw new StoreException($"The row '{key}' stands where something due should.");

    private static IncidentId IncidentOf(string key) => new(int.Parse(key, CultureInfo.InvariantCulture));
}
