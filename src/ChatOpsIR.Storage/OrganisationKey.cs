using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage;

/// <summary>The keyed hash under the organisation's own key.</summary>
internal sealed class OrganisationKey(byte[] key) : IKeyedHash
{
    private const int BytesKept = 16;

    public string Of(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + length)..];
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes, hash);
        return Convert.ToHexStringLower(hash[..BytesKept]);
    }
}
