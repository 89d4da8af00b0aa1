using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Sqlite;

/// <summary>A thread with a queue. It takes all that waits, up to a bound, and hands it on as one batch.</summary>
internal sealed class WorkThread : IDisposable
{
    private const int MostPerBatch = 256;

    private readonly Lock _changing = new();
    private readonly Queue<WorkItem> _waiting = [];
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private readonly Action<List<WorkItem>> _runBatch;
    private readonly Thread _thread;
    private bool _stopping;

    public WorkThread(string name, Action<List<WorkItem>> runBatch)
    {
        _runBatch = runBatch;
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public void Add(WorkItem item)
    {
        lock (_changing)
        {
            if (_stopping)
            {
                throw new StoreException("The store is closed.");
            }

            _waiting.Enqueue(item);
            if (_waiting.Count == 1)
            {
                _arrived.Set();
            }
        }
    }

    /// <summary>Finishes what waits and stops.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            _arrived.Set();
        }

        _thread.Join();
        _arrived.Dispose();
    }

    private void Loop()
    {
        var batch = new List<WorkItem>();
        while (Take(batch))
        {
            if (batch.Count > 0)
            {
                _runBatch(batch);
                batch.Clear();
            }
        }
    }

    private bool Take(List<WorkItem> batch)
    {
        while (true)
        {
            lock (_changing)
            {
                if (_waiting.Count > 0)
                {
                    Fill(batch);
                    return true;
                }

                if (_stopping)
                {
                    return false;
                }
            }

            _arrived.WaitOne();
        }
    }

    private void Fill(List<WorkItem> batch)
    {
        while (batch.Count < MostPerBatch && _waiting.TryPeek(out var next) && (batch.Count == 0 || !next.Alone))
        {
            _waiting.Dequeue();
            if (!next.TryTake())
            {
                continue;
            }

            batch.Add(next);
            if (next.Alone)
            {
                return;
            }
        }
    }
}
