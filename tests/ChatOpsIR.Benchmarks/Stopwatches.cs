using System.Diagnostics;

namespace ChatOpsIR.Benchmarks;

/// <summary>Time on the wall and time of the processor, from one moment on.</summary>
internal sealed class Stopwatches
{
    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly TimeSpan used = Used;

    private static TimeSpan Used
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime;
        }
    }

    public static Stopwatches Start() => new();

    public double Seconds => TimeProvider.System.GetElapsedTime(began).TotalSeconds;

    /// <summary>How many a second, and microseconds of processor time for each.</summary>
    public double[] Per(int many) => [many / Seconds, (Used - used).TotalMicroseconds / many];
}
