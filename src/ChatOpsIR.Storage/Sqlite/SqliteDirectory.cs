using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>The directory in a SQLite database.</summary>
internal sealed class SqliteDirectory(ISqliteLoop loop, TimeProvider time, IRandomness randomness) : IDirectory
{
    public async Task TouchActiveAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("touch active", incident.Stream);
        var now = Times.Write(time.GetUtcNow());
        var tag = Tags.New(randomness);
        await loop.WriteAsync(
            session => session.Execute(
                "INSERT OR REPLACE INTO active (incident, touched_at, tag) VALUES ($incident, $now, $tag)",
                ("$incident", incident.Number),
                ("$now", now),
                ("$tag", tag)),
            cancellationToken);
    }

    public async Task<ImmutableArray<ActiveRow>> ListActiveAsync(CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("list active");
        return [.. await loop.ReadAsync(
            session => session.Query(
                "SELECT incident, touched_at, tag FROM active ORDER BY incident",
                row => new ActiveRow(new IncidentId(row.GetInt32(0)), Times.Read(row.GetString(1)), row.GetString(2))),
            cancellationToken)];
    }

    public async Task RemoveActiveAsync(ActiveRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove active", row.Incident.Stream);
        await loop.WriteAsync(
            session => session.Execute(
                "DELETE FROM active WHERE incident = $incident AND tag = $tag",
                ("$incident", row.Incident.Number),
                ("$tag", row.Tag)),
            cancellationToken);
    }

    public async Task PutRoomAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put room", incident.Stream);
        await loop.WriteAsync(
            session => session.Execute(
                "INSERT OR REPLACE INTO rooms (platform, room, incident) VALUES ($platform, $room, $incident)",
                ("$platform", room.Platform),
                ("$room", room.Id),
                ("$incident", incident.Number)),
            cancellationToken);
    }

    public async Task PutRoomAliasAsync(RoomAlias alias, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put room alias");
        await loop.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO room_aliases (platform, room, first, since) SELECT $platform, $room, $first, $since
                WHERE $room = $first OR NOT EXISTS (SELECT 1 FROM rooms WHERE platform = $platform AND room = $room)
                ON CONFLICT DO UPDATE SET since = excluded.since WHERE first = excluded.first AND since < excluded.since
                """,
                ("$platform", alias.Room.Platform),
                ("$room", alias.Room.Id),
                ("$first", alias.First.Id),
                ("$since", Times.Write(alias.Since))),
            cancellationToken);
    }

    public async Task<RegisteredRoom?> FindRoomAsync(RoomId room, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find room");
        return await loop.ReadAsync(
            session => session.First(
                """
                SELECT incident, room FROM rooms
                WHERE platform = $platform AND room = COALESCE((SELECT first FROM room_aliases WHERE platform = $platform AND room = $room), $room)
                """,
                row => new RegisteredRoom(new IncidentId(row.GetInt32(0)), room with { Id = row.GetString(1) }),
                ("$platform", room.Platform),
                ("$room", room.Id)),
            cancellationToken);
    }

    public async Task<RoomId> CurrentRoomAsync(RoomId room, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("current room");
        var now = await loop.ReadAsync(
            session => session.First(
                "SELECT room FROM room_aliases WHERE platform = $platform AND first = $room ORDER BY since DESC LIMIT 1",
                row => row.GetString(0),
                ("$platform", room.Platform),
                ("$room", room.Id)),
            cancellationToken);
        return now is null ? room : room with { Id = now };
    }

    public async Task PutDueAsync(DueRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put due", row.Incident.Stream);
        await loop.WriteAsync(
            session => session.Execute(
                "INSERT OR IGNORE INTO due (bucket, incident) VALUES ($bucket, $incident)",
                ("$bucket", Times.Write(row.Bucket)),
                ("$incident", row.Incident.Number)),
            cancellationToken);
    }

    public async Task<ImmutableArray<DueRow>> ListDueAsync(DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("list due");
        return [.. await loop.ReadAsync(
            session => session.Query(
                "SELECT bucket, incident FROM due WHERE bucket <= $until ORDER BY bucket, incident LIMIT $most",
                row => new DueRow(Times.Read(row.GetString(0)), new IncidentId(row.GetInt32(1))),
                ("$until", Times.Write(until)),
                ("$most", most)),
            cancellationToken)];
    }

    public async Task RemoveDueAsync(DueRow row, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove due", row.Incident.Stream);
        await loop.WriteAsync(
            session => session.Execute(
                "DELETE FROM due WHERE bucket = $bucket AND incident = $incident",
                ("$bucket", Times.Write(row.Bucket)),
                ("$incident", row.Incident.Number)),
            cancellationToken);
    }

    public async Task<string?> ReadShownAsync(string surface, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read shown");
        return await loop.ReadAsync(
            session => session.First("SELECT fingerprint FROM shown WHERE surface = $surface", row => row.GetString(0), ("$surface", surface)),
            cancellationToken);
    }

    public async Task PutShownAsync(string surface, string fingerprint, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put shown");
        await loop.WriteAsync(
            session => session.Execute(
                "INSERT OR REPLACE INTO shown (surface, fingerprint) VALUES ($surface, $fingerprint)",
                ("$surface", surface),
                ("$fingerprint", fingerprint)),
            cancellationToken);
    }

    public async Task<Person?> FindPersonAsync(PersonId person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("find person");
        var now = time.GetUtcNow();
        return await loop.ReadAsync(session => PeopleRows.Find(session, person, now - KnownPeople.StayFor, now + KnownPeople.MayBeAhead), cancellationToken);
    }

    public async Task PutPersonAsync(Person person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("put person");
        var now = time.GetUtcNow();
        await loop.WriteAsync(session => PeopleRows.Put(session, person, now), cancellationToken);
    }

    public async Task<ImmutableArray<LedgerRow>> ReadLedgerAsync(EffectKey effect, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("read ledger", effect.Stream);
        return [.. await loop.ReadAsync(session => LedgerRows.Read(session, effect), cancellationToken)];
    }

    public async Task<ImmutableArray<LedgerRow>> OpenLedgerAsync(EffectKey effect, ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("open ledger", effect.Stream);
        return [.. await loop.WriteAsync(session => LedgerRows.Open(session, effect, people), cancellationToken)];
    }

    public async Task<bool> BeginDeliveryAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("begin delivery", effect.Stream);
        return await loop.WriteAsync(session => LedgerRows.Begin(session, effect, person), cancellationToken);
    }

    public async Task<LedgerRow> SettleDeliveryAsync(EffectKey effect, LedgerRow delivery, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("settle delivery", effect.Stream);
        return await loop.WriteAsync(session => LedgerRows.Settle(session, effect, delivery), cancellationToken);
    }

    public async Task RemoveLedgersAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("remove ledgers", incident.Stream);
        await loop.WriteAsync(session => LedgerRows.RemoveAll(session, incident.Stream), cancellationToken);
    }
}
