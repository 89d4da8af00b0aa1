using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Simulation.Tables;

/// <summary>The service in whose place it stands: it only hands out tables.</summary>
internal sealed class SimulatedTables(SimulatedAccount account, TableRoad? road) : TableServiceClient
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorkWithin = TimeSpan.FromSeconds(10);
    private const int WorkRetries = 5;

    /// <summary>The product's own store, over tables to which nothing happens on the way.</summary>
    public static TableStorage Open(SimulatedAccount account, TimeProvider time, IRandomness randomness)
    {
        var tables = new SimulatedTables(account, null);
        return Open(time, randomness, tables, tables);
    }

    /// <summary>The product's own store as one run of the bot has it: it shares nothing with another but the tables.</summary>
    public static TableStorage Open(SimulatedAccount account, World world, Life life, TimeProvider time, IRandomness randomness) => Open(
        time,
        randomness,
        new SimulatedTables(account, new TableRoad(world, life, time, AnswerWithin, retries: 0)),
        new SimulatedTables(account, new TableRoad(world, life, time, WorkWithin, WorkRetries)));

    public override TableClient GetTableClient(string tableName) => new SimulatedTable(account, tableName, road);

    public override Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(tableName), new TableAnswer(201, default));

    private static TableStorage Open(TimeProvider time, IRandomness randomness, SimulatedTables answering, SimulatedTables working) =>
        TableStorage.Open(new TableSettings("default") { Time = time, Randomness = randomness }, new TableClients(answering, working, new StoreClock(time)));
}
