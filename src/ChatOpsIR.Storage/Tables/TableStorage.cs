using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Tables;

/// <summary>A storage account with its tables, and the ports that it serves. Any number of instances may share it.</summary>
public sealed class TableStorage : RecordStorage
{
    private const string KeyName = "organisation-key";
    private const int KeyLength = 32;

    private readonly StoreClock _clock;
    private readonly StoreOutage _outage;
    private readonly TableDirectory _checking;

    private TableStorage(TableSettings settings, TableClients clients, byte[] key)
        : base(settings.Organisation, $"Azure Tables at {clients.Answering.Uri?.GetLeftPart(UriPartial.Path)}")
    {
        _clock = clients.Clock;
        _outage = clients.Outage;
        Hash = new OrganisationKey(key);
        Record = new StoreTable(clients.Working.GetTableClient(StoreRows.Record));
        Mutable = new StoreTable(clients.Working.GetTableClient(StoreRows.Directory));
        var directory = new StoreTable(clients.Answering.GetTableClient(StoreRows.Directory));
        Store = new TableStreamStore(
            new StoreTable(clients.Answering.GetTableClient(StoreRows.Record)),
            Record,
            new TableSnapshots(directory, settings.Organisation),
            settings.Organisation,
            new FactCodec(Hash),
            settings.Time,
            settings.Randomness);
        Directory = new TableDirectory(directory, Mutable, settings.Organisation, settings.Time);
        _checking = new TableDirectory(directory, directory, settings.Organisation, settings.Time);
        Leases = new TableLeases(Mutable, settings.Organisation, settings.Time, settings.Randomness);
    }

    public override IStreamStore Streams => Store;

    public override IRawEntries Raw => Store;

    public override IDirectory Directory { get; }

    public override ILeases Leases { get; }

    public override IKeyedHash Hash { get; }

    public override bool IsOut => _outage.IsOn;

    public override TimeSpan ClockOff => _clock.Off;

    internal TableStreamStore Store { get; }

    /// <summary>The table of the streams, by the client for work in the background.</summary>
    internal StoreTable Record { get; }

    /// <summary>The table of what can be rebuilt, by the client for work in the background.</summary>
    internal StoreTable Mutable { get; }

    /// <summary>Opens the account's tables; makes them when they are not there.</summary>
    /// <exception cref="StoreException">The account cannot be reached, or does not let us in.</exception>
    public static TableStorage Open(TableSettings settings) => Told(() => Open(settings, new TableClients(settings)));

    /// <summary>As <see cref="Open(TableSettings)"/>, by given clients: a simulation has its own.</summary>
    internal static TableStorage Open(TableSettings settings, TableClients clients)
    {
        clients.Working.CreateTableIfNotExists(StoreRows.Record);
        clients.Working.CreateTableIfNotExists(StoreRows.Directory);
        return new TableStorage(settings, clients, KeepKey(settings, clients.Working));
    }

    /// <summary>Opens the account's tables for looking only.</summary>
    /// <exception cref="StoreException">They are not there, or cannot be read.</exception>
    public static TableStorage OpenReadOnly(TableSettings settings) => Told(() =>
    {
        var clients = new TableClients(settings);
        var key = FindKey(settings, clients.Working.GetTableClient(StoreRows.Directory))
            ?? throw new StoreException($"The storage account holds nothing of the organisation '{settings.Organisation}'. Is Organisation__Id right?");
        return new TableStorage(settings, clients, key);
    });

    public override Task CheckAsync(CancellationToken cancellationToken) => CheckAsync(_checking, cancellationToken);

    public override void Dispose()
    {
        // Requests are all there is, and whoever made one waits for it.
    }

    private static byte[] KeepKey(TableSettings settings, TableServiceClient account)
    {
        var table = account.GetTableClient(StoreRows.Directory);
        if (FindKey(settings, table) is { } known)
        {
            return known;
        }

        // With a new key the same command would count as another, and without the rows beside it war rooms would be nobody's.
        var numbers = StoreRows.Partition(settings.Organisation, StreamId.Numbers.Value);
        if (account.GetTableClient(StoreRows.Record).GetEntityIfExists<TableEntity>(numbers, StoreRows.Entry(1)).HasValue && FindKey(settings, table) is null)
        {
            throw new StoreException(
                $"The table {StoreRows.Directory} has lost the rows of the organisation '{settings.Organisation}', and {StoreRows.Record} still holds its incidents. " +
                "Restore both tables from the same backup; nothing was changed.");
        }

        // Of many instances that start at once, one decides.
        var key = new byte[KeyLength];
        settings.Randomness.Fill(key);
        try
        {
            table.AddEntity(new TableEntity(StoreRows.Partition(settings.Organisation, "setting"), KeyName) { ["value"] = key });
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
        }

        return FindKey(settings, table) ?? throw new StoreException("The organisation's key was written and cannot be read back.");
    }

    private static byte[]? FindKey(TableSettings settings, TableClient table)
    {
        var found = table.GetEntityIfExists<TableEntity>(StoreRows.Partition(settings.Organisation, "setting"), KeyName);
        return found.HasValue ? found.Value!.GetBinary("value") : null;
    }

    private static string Why(Exception reason) => reason switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Why(last),
        RequestFailedException { Status: > 0 } refused => $"{refused.Status} {refused.GetRawResponse()?.ReasonPhrase} ({StoreTable.CodeOf(refused)}).",
        // What the client says of it may hold the key.
        FormatException or ArgumentException or InvalidOperationException => "Storage__ConnectionString is none of a storage account, such as DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net.",
        _ => reason.Message.Split('\n')[0].TrimEnd('.', '\r') + ".",
    };

    private static TableStorage Told(Func<TableStorage> open)
    {
        try
        {
            return open();
        }
        catch (Exception reason) when (reason is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StoreException(
                $"Azure Tables cannot be opened: {Why(reason)} Look at Storage__ConnectionString or Storage__TableEndpoint, and whether this machine may reach and use the account.", reason);
        }
    }
}
