using ChatOpsIR.Bot.Tests.Simulation.Tables;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>Where a run keeps its record, and how each run of the bot gets at it.</summary>
internal abstract class SimulatedRecord : IDisposable
{
    /// <summary>All of it, for whoever judges: nothing befalls its calls.</summary>
    public abstract RecordStorage Whole { get; }

    /// <summary>Gives a bot the ports of its store.</summary>
    public abstract void AddTo(IServiceCollection services, World world, Life life, TimeProvider time);

    /// <summary>A bot starts, and no other runs.</summary>
    public abstract void StartAlone();

    public void Dispose() => Whole.Dispose();
}

/// <summary>SQLite: a database that every call reaches by a road of its own. What was called off was carried out by then, or never is.</summary>
internal sealed class RecordInSqlite(SqliteStorage storage) : SimulatedRecord
{
    public override RecordStorage Whole => storage;

    public override void AddTo(IServiceCollection services, World world, Life life, TimeProvider time)
    {
        var road = new StoreRoad(world, life);
        services.AddSingleton<IStreamStore>(new SimulatedStore(storage.Streams, road));
        services.AddSingleton<IDirectory>(new SimulatedDirectory(storage.Directory, road));
        services.AddSingleton<ILeases>(new SimulatedLeases(storage.Leases, road));
        services.AddSingleton(storage.Hash);
    }

    public override void StartAlone() => storage.LeaseTable.ClearAsync(CancellationToken.None).GetAwaiter().GetResult();
}

/// <summary>Azure Tables: the product's own store over simulated tables, for each bot its own. Leases run out by themselves.</summary>
internal sealed class RecordInTables(SimulatedAccount account, RecordStorage whole) : SimulatedRecord
{
    public override RecordStorage Whole => whole;

    public override void AddTo(IServiceCollection services, World world, Life life, TimeProvider time)
    {
        var storage = SimulatedTables.Open(account, world, life, time, world.Dice.Apart());
        services.AddSingleton(storage.Streams);
        services.AddSingleton(storage.Directory);
        services.AddSingleton(storage.Leases);
        services.AddSingleton(storage.Hash);
    }

    public override void StartAlone()
    {
    }
}
