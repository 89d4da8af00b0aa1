namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>A thread that takes whatever waits, up to a bound, and commits it in one go: the least that sharing a commit can cost.</summary>
internal sealed class SharedCommits<T> : IDisposable
{
    private readonly int most;
    private readonly Action<List<T>> commit;
    private readonly Queue<(T Item, TaskCompletionSource Done)> waiting = [];
    private readonly AutoResetEvent arrived = new(initialState: false);
    private readonly Thread thread;
    private volatile bool stopping;

    public SharedCommits(int most, Action<List<T>> commit)
    {
        (this.most, this.commit) = (most, commit);
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Done when the item is committed.</summary>
    public Task AddAsync(T item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue((item, done));
            if (waiting.Count > 1)
            {
                return done.Task;
            }
        }

        arrived.Set();
        return done.Task;
    }

    public void Dispose()
    {
        stopping = true;
        arrived.Set();
        thread.Join();
        arrived.Dispose();
    }

    private void Run()
    {
        List<T> batch = [];
        List<TaskCompletionSource> told = [];
        while (!stopping)
        {
            arrived.WaitOne();
            while (Take(batch, told))
            {
                commit(batch);
                told.ForEach(done => done.SetResult());
                batch.Clear();
                told.Clear();
            }
        }
    }

    private bool Take(List<T> batch, List<TaskCompletionSource> told)
    {
        lock (waiting)
        {
            while (batch.Count < most && waiting.TryDequeue(out var one))
            {
                batch.Add(one.Item);
                told.Add(one.Done);
            }
        }

        return batch.Count > 0;
    }
}
