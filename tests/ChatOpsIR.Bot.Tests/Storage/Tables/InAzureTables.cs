using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Tables;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

public sealed class Streams_in_Azure_Tables(Azurite azurite) : StreamStoreContract, IAsyncLifetime
{
    private TableStorage? _storage;

    protected override IStreamStore Store => _storage!.Streams;

    public async ValueTask InitializeAsync() => _storage = await Accounts.NewAsync(azurite, Time);

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.CompletedTask;
    }

    protected override void Close() => _storage!.Dispose();
}

public sealed class The_directory_in_Azure_Tables(Azurite azurite) : DirectoryContract, IAsyncLifetime
{
    private TableStorage? _storage;

    protected override IDirectory Directory => _storage!.Directory;

    public async ValueTask InitializeAsync() => _storage = await Accounts.NewAsync(azurite, Time);

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.CompletedTask;
    }

    protected override void Close() => _storage!.Dispose();
}

public sealed class Leases_in_Azure_Tables(Azurite azurite) : LeaseContract, IAsyncLifetime
{
    private TableStorage? _storage;

    protected override ILeases Leases => _storage!.Leases;

    public async ValueTask InitializeAsync() => _storage = await Accounts.NewAsync(azurite, Time);

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.CompletedTask;
    }

    protected override void Close() => _storage!.Dispose();
}

public sealed class A_record_in_Azure_Tables(Azurite azurite) : RecordContract
{
    private TableSettings? _settings;

    protected override async Task<RecordStorage> OpenAsync() => TableStorage.Open(_settings ??= await Accounts.SettingsAsync(azurite, Time));
}
