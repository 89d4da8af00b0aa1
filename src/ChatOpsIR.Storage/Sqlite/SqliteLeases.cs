using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Leases in a SQLite database.</summary>
internal sealed class SqliteLeases(ISqliteLoop loop, TimeProvider time, IRandomness randomness) : ILeases
{
    private readonly LeaseWatch watch = new(time);

    public async Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("take lease", incident.Stream);
        var holder = Tags.New(randomness);
        var (asked, until) = (time.GetTimestamp(), time.GetUtcNow() + Lease.Length);
        var lease = await loop.WriteAsync(session => TryTake(session, incident, holder, asked, until), cancellationToken);
        if (lease is not null)
        {
            // Only now: one that is rolled back with its neighbours' work is run again.
            watch.Forget(incident);
        }

        return lease;
    }

    public async Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("renew lease", lease.Incident.Stream);
        var until = time.GetUtcNow() + Lease.Length;
        return await loop.WriteAsync(
            session => session.Execute(
                "UPDATE leases SET expires_at = $until WHERE incident = $incident AND holder = $holder AND fence = $fence",
                ("$until", Times.Write(until)),
                ("$incident", lease.Incident.Number),
                ("$holder", lease.Holder),
                ("$fence", lease.Fence)) == 1,
            cancellationToken);
    }

    public async Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("release lease", lease.Incident.Stream);
        await loop.WriteAsync(
            session => session.Execute(
                """
                UPDATE leases SET holder = NULL, settled_through = $settled
                WHERE incident = $incident AND holder = $holder AND fence = $fence
                """,
                ("$settled", settledThrough),
                ("$incident", lease.Incident.Number),
                ("$holder", lease.Holder),
                ("$fence", lease.Fence)),
            cancellationToken);
    }

    /// <summary>
    /// At the start of a single instance nobody can hold a lease: it ends all of them, so that work need not wait. What their holders had
    /// half tried stays unknown.
    /// </summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("clear leases");
        await loop.WriteAsync(session => session.Execute("UPDATE leases SET holder = NULL WHERE holder IS NOT NULL"), cancellationToken);
    }

    private Lease? TryTake(SqliteSession session, IncidentId incident, string holder, long asked, DateTimeOffset until)
    {
        var last = session.First(
            "SELECT holder, fence, settled_through, expires_at FROM leases WHERE incident = $incident",
            row => new LeaseRow(row.TextOrNull(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetString(3)),
            ("$incident", incident.Number)) ?? LeaseRow.NeverTaken;
        if (last.Holder is not null && !watch.HasRunOut(incident, asked, $"{last.Fence} {last.ExpiresAt}"))
        {
            return null;
        }

        var lease = new Lease(incident, holder, last.Fence + 1, last.SettledThrough);
        session.Execute(
            """
            INSERT OR REPLACE INTO leases (incident, holder, fence, settled_through, expires_at)
            VALUES ($incident, $holder, $fence, NULL, $until)
            """,
            ("$incident", incident.Number),
            ("$holder", holder),
            ("$fence", lease.Fence),
            ("$until", Times.Write(until)));
        return lease;
    }

    private sealed record LeaseRow(string? Holder, long Fence, long? SettledThrough, string ExpiresAt)
    {
        /// <summary>Nothing was ever tried.</summary>
        public static readonly LeaseRow NeverTaken = new(null, 0, 0, "");
    }
}
