using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Streams_in_a_SQLite_file : StreamStoreContract
{
    private readonly Databases _databases = new();
    private IStreamStore? _store;

    protected override IStreamStore Store => _store ??= _databases.File(Time).Streams;

    protected override void Close() => _databases.Dispose();
}

public sealed class Streams_in_SQLite_in_memory : StreamStoreContract
{
    private readonly Databases _databases = new();
    private IStreamStore? _store;

    protected override IStreamStore Store => _store ??= _databases.Memory(Time).Streams;

    protected override void Close() => _databases.Dispose();
}

public sealed class Streams_in_SQLite_on_the_caller_s_thread : StreamStoreContract
{
    private readonly Databases _databases = new();
    private IStreamStore? _store;

    protected override IStreamStore Store => _store ??= _databases.Memory(Time, inline: true).Streams;

    [Fact]
    public void Everything_is_done_by_the_time_the_call_returns()
    {
        var token = TestContext.Current.CancellationToken;

        Assert.True(Store.AppendAsync(Drafts.Incident42, Head.Empty, [Drafts.Note("c1")], token).IsCompletedSuccessfully);
        Assert.True(Store.ReadAsync(Drafts.Incident42, 0, 10, token).IsCompletedSuccessfully);
        Assert.True(Store.AppendAsync(Drafts.Incident42, Head.Empty, [], token).IsFaulted);
    }

    protected override void Close() => _databases.Dispose();
}
