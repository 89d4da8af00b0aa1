using Microsoft.Win32.SafeHandles;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>The least that durable can mean: bytes at the end of a file, flushed to the disk, many callers sharing a flush.</summary>
internal sealed class DurableLog : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly SharedCommits<byte[]> commits;
    private long end;

    public DurableLog()
    {
        var path = Path.GetTempFileName();
        file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Delete);

        // Nobody else needs its name, and a floor is killed and not stopped.
        File.Delete(path);
        commits = new SharedCommits<byte[]>(int.MaxValue, Write);
    }

    public Task AppendAsync(byte[] bytes) => commits.AddAsync(bytes);

    public void Dispose()
    {
        commits.Dispose();
        file.Dispose();
    }

    private void Write(List<byte[]> batch)
    {
        RandomAccess.Write(file, batch.ConvertAll(bytes => (ReadOnlyMemory<byte>)bytes), end);
        RandomAccess.FlushToDisk(file);
        end += batch.Sum(bytes => (long)bytes.Length);
    }
}
