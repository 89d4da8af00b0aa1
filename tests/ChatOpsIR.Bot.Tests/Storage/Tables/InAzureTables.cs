using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Tables;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

public sealed class Streams_in_Azure_Tables(Azurite azurite) : StreamStoreContract, IAsyncLifetime
{
    private TableStorage? _storage;

    protected override IStreamStore Store => _storage!.Streams;

    public async ValueTask InitializeAsync() => _storage = await Accounts.NewAsync(azurite, Time);

    [Fact]
    public async Task lose_the_content_of_what_is_redacted_and_keep_its_place_in_the_chain()
    {
        var token = TestContext.Current.CancellationToken;
        await Append(Head.Empty, Note("c1", "the customer's name"), Note("c2", "stays"));

        await _storage!.Store.RedactAsync(Incident42, [1], token);

        var raw = await _storage.Raw.ReadRawAsync(Incident42, 0, 10, token);
        Assert.Null(raw[0].Content);
        Assert.Null(raw[0].Salt);
        Assert.NotNull(raw[1].Content);
        Assert.True((await Store.ReadAsync(Incident42, 0, 10, token)).Entries[0].Redacted);
    }

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
