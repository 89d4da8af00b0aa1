using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage;

internal static class Tags
{
    /// <summary>A word that was never used before: a counter would begin again when its row was removed.</summary>
    public static string New(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[16];
        randomness.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
