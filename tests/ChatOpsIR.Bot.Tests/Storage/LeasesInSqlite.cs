using ChatOpsIR.Core.Ports;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Leases_in_a_SQLite_file : LeaseContract
{
    private readonly Databases _databases = new();
    private SqliteStorage? _storage;

    protected override ILeases Leases => Storage.Leases;

    private SqliteStorage Storage => _storage ??= _databases.File(Time);

    [Fact]
    public async Task are_all_ended_at_the_start_and_leave_open_what_was_tried()
    {
        await Take();

        await Storage.LeaseTable.ClearAsync(TestContext.Current.CancellationToken);

        Assert.Null((await Take()).SettledThrough);
    }

    [Fact]
    public async Task keep_at_the_start_what_was_settled_before()
    {
        await Leases.ReleaseAsync(await Take(), 17, TestContext.Current.CancellationToken);

        await Storage.LeaseTable.ClearAsync(TestContext.Current.CancellationToken);

        Assert.Equal(17, (await Take()).SettledThrough);
    }

    protected override void Close() => _databases.Dispose();
}

public sealed class Leases_in_SQLite_in_memory : LeaseContract
{
    private readonly Databases _databases = new();
    private ILeases? _leases;

    protected override ILeases Leases => _leases ??= _databases.Memory(Time).Leases;

    protected override void Close() => _databases.Dispose();
}
