using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>Leases in Azure Tables. Each change asks for the row as it was, so that of many who want it one gets it.</summary>
internal sealed class TableLeases(StoreTable table, string organisation, TimeProvider time, IRandomness randomness) : ILeases
{
    private readonly string _partition = StoreRows.Partition(organisation, "lease");

    // The rows of the leases that this process took last, as it wrote them last.
    private readonly ConcurrentDictionary<IncidentId, (string Holder, ETag Tag)> _held = [];
    private readonly LeaseWatch _watch = new(time);

    public async Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("take lease", incident.Stream);
        var asked = time.GetTimestamp();
        var last = await FindAsync(incident, cancellationToken);
        if (last is { Holder: not null } && !_watch.HasRunOut(incident, asked, last.Tag.ToString()))
        {
            return null;
        }

        var lease = new Lease(incident, Tags.New(randomness), (last?.Fence ?? 0) + 1, last is null ? 0 : last.SettledThrough);
        var row = RowOf(lease);
        var tag = last is null ? await table.TryInsertAsync(row, cancellationToken) : await table.TryReplaceAsync(row, last.Tag, cancellationToken);
        tag ??= await OursAsync(lease, cancellationToken);
        if (tag is not { } held)
        {
            return null;
        }

        _watch.Forget(incident);
        _held[incident] = (lease.Holder, held);
        return lease;
    }

    public async Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("renew lease", lease.Incident.Stream);
        if (await TryWriteAsync(lease, RowOf(lease), cancellationToken) is not { } tag)
        {
            return false;
        }

        _held[lease.Incident] = (lease.Holder, tag);
        return true;
    }

    public async Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken)
    {
        using var activity = StoreActivity.Start("release lease", lease.Incident.Stream);
        var row = RowOf(lease);
        row.Remove("holder");
        row["settled_through"] = settledThrough;
        await TryWriteAsync(lease, row, cancellationToken);
        if (_held.TryGetValue(lease.Incident, out var held) && held.Holder == lease.Holder)
        {
            _held.TryRemove(KeyValuePair.Create(lease.Incident, held));
        }
    }

    // Null when the lease is somebody else's by now. A write of ours whose answer was lost has changed the tag: then it is still ours.
    private async Task<ETag?> TryWriteAsync(Lease lease, TableEntity row, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(lease.Incident, out var held) && held.Holder == lease.Holder && await table.TryReplaceAsync(row, held.Tag, cancellationToken) is { } written)
        {
            return written;
        }

        return await OursAsync(lease, cancellationToken) is { } current ? await table.TryReplaceAsync(row, current, cancellationToken) : null;
    }

    private async Task<ETag?> OursAsync(Lease lease, CancellationToken cancellationToken) =>
        await FindAsync(lease.Incident, cancellationToken) is { } there && there.Holder == lease.Holder && there.Fence == lease.Fence ? there.Tag : null;

    private async Task<Kept?> FindAsync(IncidentId incident, CancellationToken cancellationToken) =>
        await table.FindAsync(_partition, StoreRows.Incident(incident), cancellationToken) is { } row
            ? new Kept(row.GetString("holder"), row.GetInt64("fence") ?? 0, row.GetInt64("settled_through"), row.ETag)
            : null;

    // When it runs out is written for people who look, and for releases that go by it.
    private TableEntity RowOf(Lease lease) => new(_partition, StoreRows.Incident(lease.Incident))
    {
        ["holder"] = lease.Holder,
        ["fence"] = lease.Fence,
        ["expires_at"] = Times.Write(time.GetUtcNow() + Lease.Length),
    };

    private sealed record Kept(string? Holder, long Fence, long? SettledThrough, ETag Tag);
}
