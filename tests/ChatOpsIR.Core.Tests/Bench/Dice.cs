using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>Never the same twice, and the same in every run.</summary>
internal sealed class Dice : IRandomness
{
    private long thrown;

    public void Fill(Span<byte> bytes)
    {
        bytes.Clear();
        Span<byte> number = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(number, ++thrown);
        number[..Math.Min(number.Length, bytes.Length)].CopyTo(bytes);
    }
}

/// <summary>Remembers which buckets it was asked to wake us for.</summary>
internal sealed class WakeUps : IReminders
{
    public List<DateTimeOffset> Buckets { get; } = [];

    public void WakeAt(DateTimeOffset bucket) => Buckets.Add(bucket);
}
