using ChatOpsIR.Storage;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class A_record_in_a_SQLite_file : RecordContract
{
    private readonly Databases _databases = new();
    private string? _path;

    protected override Task<RecordStorage> OpenAsync() => Task.FromResult<RecordStorage>(_databases.File(Time, _path ??= _databases.NewPath()));

    protected override void Close() => _databases.Dispose();
}
