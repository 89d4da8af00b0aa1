using System.Collections.Immutable;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>The directory at the end of the same road.</summary>
internal sealed class SimulatedDirectory(IDirectory inner, StoreRoad road) : IDirectory
{
    private static readonly CancellationToken None = CancellationToken.None;

    public Task TouchActiveAsync(IncidentId incident, CancellationToken cancellationToken) =>
        road.TellAsync($"touch active {incident}", () => inner.TouchActiveAsync(incident, None), cancellationToken);

    public Task<ImmutableArray<ActiveRow>> ListActiveAsync(CancellationToken cancellationToken) =>
        road.AskAsync("list active", () => inner.ListActiveAsync(None), rows => $"{rows.Length} rows", cancellationToken);

    public Task RemoveActiveAsync(ActiveRow row, CancellationToken cancellationToken) =>
        road.TellAsync($"remove active {row.Incident}", () => inner.RemoveActiveAsync(row, None), cancellationToken);

    public Task PutRoomAsync(RoomId room, IncidentId incident, CancellationToken cancellationToken) =>
        road.TellAsync($"put room {room} {incident}", () => inner.PutRoomAsync(room, incident, None), cancellationToken);

    public Task PutRoomAliasAsync(RoomAlias alias, CancellationToken cancellationToken) =>
        road.TellAsync($"put room alias {alias.Room}", () => inner.PutRoomAliasAsync(alias, None), cancellationToken);

    public Task<RegisteredRoom?> FindRoomAsync(RoomId room, CancellationToken cancellationToken) =>
        road.AskAsync($"find room {room}", () => inner.FindRoomAsync(room, None), cancellationToken);

    public Task<RoomId> CurrentRoomAsync(RoomId room, CancellationToken cancellationToken) =>
        road.AskAsync($"current room {room}", () => inner.CurrentRoomAsync(room, None), cancellationToken);

    public Task PutDueAsync(DueRow row, CancellationToken cancellationToken) =>
        road.TellAsync($"put due {row.Bucket:HH:mm:ss} {row.Incident}", () => inner.PutDueAsync(row, None), cancellationToken);

    public Task<ImmutableArray<DueRow>> ListDueAsync(DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        road.AskAsync("list due", () => inner.ListDueAsync(until, most, None), rows => $"{rows.Length} rows", cancellationToken);

    public Task RemoveDueAsync(DueRow row, CancellationToken cancellationToken) =>
        road.TellAsync($"remove due {row.Bucket:HH:mm:ss} {row.Incident}", () => inner.RemoveDueAsync(row, None), cancellationToken);

    public Task<string?> ReadShownAsync(string surface, CancellationToken cancellationToken) =>
        road.AskAsync($"read shown {surface}", () => inner.ReadShownAsync(surface, None), cancellationToken);

    public Task PutShownAsync(string surface, string fingerprint, CancellationToken cancellationToken) =>
        road.TellAsync($"put shown {surface}", () => inner.PutShownAsync(surface, fingerprint, None), cancellationToken);

    public Task<Person?> FindPersonAsync(PersonId person, CancellationToken cancellationToken) =>
        road.AskAsync($"find person {person}", () => inner.FindPersonAsync(person, None), found => found?.Name ?? "nobody", cancellationToken);

    public Task PutPersonAsync(Person person, CancellationToken cancellationToken) =>
        road.TellAsync($"put person {person.Id}", () => inner.PutPersonAsync(person, None), cancellationToken);

    public Task<ImmutableArray<LedgerRow>> ReadLedgerAsync(EffectKey effect, CancellationToken cancellationToken) =>
        road.AskAsync($"read ledger {effect}", () => inner.ReadLedgerAsync(effect, None), rows => $"{rows.Length} rows", cancellationToken);

    public Task<ImmutableArray<LedgerRow>> OpenLedgerAsync(EffectKey effect, ImmutableArray<PersonId> people, CancellationToken cancellationToken) =>
        road.AskAsync($"open ledger {effect} for {people.Length}", () => inner.OpenLedgerAsync(effect, people, None), rows => $"{rows.Length} rows", cancellationToken);

    public Task<bool> BeginDeliveryAsync(EffectKey effect, PersonId person, CancellationToken cancellationToken) =>
        road.AskAsync($"begin delivery {effect} {person}", () => inner.BeginDeliveryAsync(effect, person, None), cancellationToken);

    public Task<LedgerRow> SettleDeliveryAsync(EffectKey effect, LedgerRow delivery, CancellationToken cancellationToken) =>
        road.AskAsync($"settle delivery {effect} {delivery.Person} {delivery.State}", () => inner.SettleDeliveryAsync(effect, delivery, None), row => $"{row.State}", cancellationToken);

    public Task RemoveLedgersAsync(IncidentId incident, CancellationToken cancellationToken) =>
        road.TellAsync($"remove ledgers {incident}", () => inner.RemoveLedgersAsync(incident, None), cancellationToken);
}

/// <summary>The leases at the end of it.</summary>
internal sealed class SimulatedLeases(ILeases inner, StoreRoad road) : ILeases
{
    private static readonly CancellationToken None = CancellationToken.None;

    public Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken) =>
        road.AskAsync($"take lease {incident}", () => inner.TryTakeAsync(incident, None), lease => lease is null ? "held" : $"fence {lease.Fence}", cancellationToken);

    public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) =>
        road.AskAsync($"renew lease {lease.Incident}", () => inner.RenewAsync(lease, None), cancellationToken);

    public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) =>
        road.TellAsync($"release lease {lease.Incident} {settledThrough}", () => inner.ReleaseAsync(lease, settledThrough, None), cancellationToken);
}
