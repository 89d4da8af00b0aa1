using System.Security.Cryptography;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage;

/// <summary>The operating system's randomness.</summary>
public sealed class SystemRandomness : IRandomness
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
