namespace ChatOpsIR.Playground;

/// <summary>Every id comes from here, so that the same acts make the same ids.</summary>
internal sealed class Counters
{
    public long Next { get; set; }

    public long LastMicros { get; set; }

    public long Deliveries { get; set; }
}
