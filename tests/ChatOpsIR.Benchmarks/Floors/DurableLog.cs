using Microsoft.Win32.SafeHandles;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>The least that durable can mean: bytes at the end of a file, flushed to the disk, many callers sharing a flush.</summary>
internal sealed class DurableLog : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly Lock gate = new();
    private readonly AutoResetEvent arrived = new(initialState: false);
    private readonly Thread thread;
    private List<(byte[] Bytes, TaskCompletionSource Done)> waiting = [];
    private long end;
    private volatile bool stopping;

    public DurableLog()
    {
        var path = Path.GetTempFileName();
        file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Delete);

        // Nobody else needs its name, and a floor is killed and not stopped.
        File.Delete(path);
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public Task AppendAsync(byte[] bytes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((bytes, done));
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
        file.Dispose();
        arrived.Dispose();
    }

    private void Run()
    {
        List<(byte[] Bytes, TaskCompletionSource Done)> batch = [];
        while (!stopping)
        {
            arrived.WaitOne();
            lock (gate)
            {
                (batch, waiting) = (waiting, batch);
            }

            if (batch.Count == 0)
            {
                continue;
            }

            RandomAccess.Write(file, batch.ConvertAll(one => (ReadOnlyMemory<byte>)one.Bytes), end);
            RandomAccess.FlushToDisk(file);
            foreach (var (bytes, done) in batch)
            {
                end += bytes.Length;
                done.SetResult();
            }

            batch.Clear();
        }
    }
}
