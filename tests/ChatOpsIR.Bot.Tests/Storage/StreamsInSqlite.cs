using ChatOpsIR.Core.Ports;

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

    protected override void Close() => _databases.Dispose();
}
