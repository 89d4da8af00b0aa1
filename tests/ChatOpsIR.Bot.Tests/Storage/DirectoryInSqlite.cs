using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class The_directory_in_a_SQLite_file : DirectoryContract
{
    private readonly Databases _databases = new();
    private IDirectory? _directory;

    protected override IDirectory Directory => _directory ??= _databases.File(Time).Directory;

    protected override void Close() => _databases.Dispose();
}

public sealed class The_directory_in_SQLite_in_memory : DirectoryContract
{
    private readonly Databases _databases = new();
    private IDirectory? _directory;

    protected override IDirectory Directory => _directory ??= _databases.Memory(Time).Directory;

    protected override void Close() => _databases.Dispose();
}
