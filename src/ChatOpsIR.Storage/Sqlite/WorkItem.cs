using ChatOpsIR.Core.Ports;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>Work that waits for a database thread, and somebody who waits for the work.</summary>
internal abstract class WorkItem
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    private int _state;

    /// <summary>It shares no transaction.</summary>
    public bool Alone { get; init; }

    /// <summary>False when nobody waits any more: then it must not run, since its asker was told that nothing was written.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public abstract void Run(SqliteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception reason);

    protected bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

    protected static Exception Translate(Exception reason) =>
        reason is SqliteException ? new StoreException($"The database failed: {reason.Message}", reason) : reason;
}

internal sealed class WorkItem<T> : WorkItem
{
    private readonly TaskCompletionSource<T> _asker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SqliteSession, T> _work;
    private readonly CancellationTokenRegistration _deadline;
    private T? _result;

    public WorkItem(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _deadline = cancellationToken.UnsafeRegister(static (item, token) => ((WorkItem<T>)item!).Expire(token), this);
    }

    public Task<T> Task => _asker.Task;

    public override void Run(SqliteSession session) => _result = _work(session);

    public override void Complete()
    {
        _deadline.Unregister();
        _asker.TrySetResult(_result!);
    }

    public override void Fail(Exception reason)
    {
        _deadline.Unregister();
        _asker.TrySetException(Translate(reason));
    }

    private void Expire(CancellationToken token)
    {
        if (TryAbandon())
        {
            _asker.TrySetCanceled(token);
        }
        else
        {
            _asker.TrySetException(new StoreException("The database did not answer in time; what was asked may have been done."));
        }
    }
}
