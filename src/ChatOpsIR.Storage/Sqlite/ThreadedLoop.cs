namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Production's loop: one thread writes, one reads. A database in memory has one connection, so its reads join the writes.</summary>
internal sealed class ThreadedLoop : ISqliteLoop
{
    private readonly SqliteSession _writer;
    private readonly SqliteSession? _reader;
    private readonly WorkThread _writing;
    private readonly WorkThread? _reading;

    public ThreadedLoop(SqliteSession writer, SqliteSession? reader)
    {
        _writer = writer;
        _reader = reader;
        _writing = new WorkThread("ChatOpsIR store writer", Write);
        _reading = reader is null ? null : new WorkThread("ChatOpsIR store reader", Read);
    }

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        Ask(_writing, new WorkItem<T>(work, cancellationToken));

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        Ask(_reading ?? _writing, new WorkItem<T>(work, cancellationToken));

    public Task<T> AloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        Ask(_writing, new WorkItem<T>(work, cancellationToken) { Alone = true });

    public void Dispose()
    {
        _writing.Dispose();
        _reading?.Dispose();
        _reader?.Dispose();
        _writer.Dispose();
    }

    private static Task<T> Ask<T>(WorkThread thread, WorkItem<T> item)
    {
        thread.Add(item);
        return item.Task;
    }

    private void Write(List<WorkItem> batch)
    {
        if (batch is [{ Alone: true } alone])
        {
            RunAlone(_writer, alone);
        }
        else
        {
            GroupCommit.Run(_writer, batch);
        }
    }

    private void Read(List<WorkItem> batch)
    {
        foreach (var item in batch)
        {
            RunAlone(_reader!, item);
        }
    }

    private static void RunAlone(SqliteSession session, WorkItem item)
    {
        try
        {
            item.Run(session);
        }
        catch (Exception reason)
        {
            item.Fail(reason);
            return;
        }

        item.Complete();
    }
}
