using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Storage;

/// <summary>An open store and the ports that it serves.</summary>
public abstract class RecordStorage : IDisposable
{
    private protected RecordStorage(string organisation, string place) => (Organisation, Place) = (organisation, place);

    public string Organisation { get; }

    public abstract IStreamStore Streams { get; }

    public abstract IRawEntries Raw { get; }

    public abstract IDirectory Directory { get; }

    public abstract ILeases Leases { get; }

    public abstract IKeyedHash Hash { get; }

    /// <summary>Where the record is, for whoever reads the log; no secret in it.</summary>
    public string Place { get; }

    /// <summary>Whether the log says already that the store does not answer.</summary>
    public virtual bool IsOut => false;

    /// <summary>How far this machine's clock is off the store's, at least; zero when the store runs on this machine.</summary>
    public virtual TimeSpan ClockOff => TimeSpan.Zero;

    /// <summary>Writes a word that nobody reads, and tries once: done when the store takes what is written.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>What one instance does before it serves.</summary>
    internal virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private protected static Task CheckAsync(IDirectory directory, CancellationToken cancellationToken) => directory.PutShownAsync("health", "ready", cancellationToken);

    /// <summary>Finishes what waits and closes the store.</summary>
    public abstract void Dispose();
}
