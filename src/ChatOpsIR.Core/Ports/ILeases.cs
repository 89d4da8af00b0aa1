using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Ports;

/// <summary>Who carries out an incident's effects at the moment: one runner, for five seconds at a time.</summary>
public interface ILeases
{
    /// <summary>
    /// Takes the lease, or gives null when somebody else holds it. Whoever wants it asks again and again: it has run out when nothing about
    /// it changed from one of the asks to another, five seconds apart by the asker's own counter. Clocks are never compared.
    /// </summary>
    Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken);

    /// <summary>Extends the lease; false when it was lost in the meantime.</summary>
    Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Gives the lease back.</summary>
    /// <param name="settledThrough">No effect promised up to this version was left half tried; the next holder need not look first.</param>
    Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken);
}

/// <param name="Fence">Grows with every holder.</param>
/// <param name="SettledThrough">
/// What the last holder said when it gave the lease back. Null after a holder that did not: whatever is pending may have been tried.
/// </param>
public sealed record Lease(IncidentId Incident, string Holder, long Fence, long? SettledThrough)
{
    /// <summary>How long it lasts at least from the moment that it is taken or extended.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
}
