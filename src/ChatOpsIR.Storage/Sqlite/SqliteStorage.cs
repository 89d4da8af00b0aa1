using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>What a database is opened with.</summary>
/// <param name="Path">Null for a database in memory.</param>
public sealed record SqliteSettings(string Organisation, string? Path)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IRandomness Randomness { get; init; } = new SystemRandomness();

    /// <summary>Runs everything at once on the caller's thread: for a seeded simulation.</summary>
    public bool Inline { get; init; }

    /// <summary>No other bot may run on the file.</summary>
    public bool Alone { get; init; }
}

/// <summary>An open database and the ports that it serves.</summary>
public sealed class SqliteStorage : RecordStorage
{
    private readonly ISqliteLoop _loop;
    private readonly SqliteClaim? _claim;

    private SqliteStorage(ISqliteLoop loop, SqliteClaim? claim, string organisation, string? path, byte[] key, TimeProvider time, IRandomness randomness)
        : base(organisation, path is null ? "SQLite in memory" : $"SQLite at {Path.GetFullPath(path)}")
    {
        _loop = loop;
        _claim = claim;
        Hash = new OrganisationKey(key);
        Store = new SqliteStreamStore(loop, organisation, new FactCodec(Hash), time, randomness);
        Directory = new SqliteDirectory(loop, time, randomness);
        LeaseTable = new SqliteLeases(loop, time, randomness);
    }

    public override IStreamStore Streams => Store;

    public override IRawEntries Raw => Store;

    public override IDirectory Directory { get; }

    public override ILeases Leases => LeaseTable;

    public override IKeyedHash Hash { get; }

    internal SqliteStreamStore Store { get; }

    internal SqliteLeases LeaseTable { get; }

    internal ISqliteLoop Loop => _loop;

    /// <summary>Opens a database for reading and writing; makes it when it is not there.</summary>
    /// <exception cref="StoreException">It cannot be opened, or belongs to another organisation or a later release.</exception>
    public static SqliteStorage Open(SqliteSettings settings) => Told(settings.Path ?? "in memory", () =>
    {
        byte[] key = [];
        var claim = settings is { Alone: true, Path: { } path } ? SqliteClaim.Take(path) : null;
        try
        {
            var loop = SqliteDatabase.Open(settings.Path, settings.Inline, session =>
            {
                SettingRows.Claim(session, settings.Organisation);
                key = SettingRows.KeepKey(session, settings.Randomness);
            });
            return new SqliteStorage(loop, claim, settings.Organisation, settings.Path, key, settings.Time, settings.Randomness);
        }
        catch
        {
            claim?.Dispose();
            throw;
        }
    });

    /// <summary>Opens an existing database for looking only, beside a running bot or without one.</summary>
    /// <exception cref="StoreException">It is not there, or is no database of ours.</exception>
    public static SqliteStorage OpenReadOnly(string path) => Told(path, () =>
    {
        string? organisation = null;
        byte[]? key = null;
        var loop = SqliteDatabase.OpenReadOnly(path, session =>
        {
            organisation = SettingRows.Organisation(session) ?? throw new StoreException($"The database {path} is empty.");
            key = SettingRows.FindKey(session) ?? throw new StoreException($"The database {path} has no key.");
        });
        return new SqliteStorage(loop, null, organisation!, path, key!, TimeProvider.System, new SystemRandomness());
    });

    public override Task CheckAsync(CancellationToken cancellationToken) => CheckAsync(Directory, cancellationToken);

    public override void Dispose()
    {
        _loop.Dispose();
        _claim?.Dispose();
    }

    /// <summary>A database serves one instance: whatever leases it holds are of a process that is no more.</summary>
    internal override Task StartAsync(CancellationToken cancellationToken) => LeaseTable.ClearAsync(cancellationToken);

    private static SqliteStorage Told(string name, Func<SqliteStorage> open)
    {
        try
        {
            return open();
        }
        catch (Exception reason) when (reason is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The database {name} cannot be opened: {reason.Message}", reason);
        }
    }
}
