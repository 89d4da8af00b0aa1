using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Storage.Format;

/// <summary>Hash format 1 (design page, section 4). It is for ever: a change is a format 2 beside it.</summary>
public static class EntryHash
{
    public const int Length = SHA256.HashSizeInBytes;

    private const string Format = "chatopsir-entry/1";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What stands in the chain for the content, so that the content can go and the chain stay.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        var both = ArrayPool<byte>.Shared.Rent(salt.Length + content.Length);
        try
        {
            salt.CopyTo(both);
            content.CopyTo(both.AsSpan(salt.Length));
            return SHA256.HashData(both.AsSpan(0, salt.Length + content.Length));
        }
        finally
        {
            // What may be redacted later must not linger in a pool.
            ArrayPool<byte>.Shared.Return(both, clearArray: true);
        }
    }

    public static byte[] Of(string organisation, string stream, RawEntry entry)
    {
        var size = Size(organisation, stream, entry);
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Write(bytes, organisation, stream, entry);
            return SHA256.HashData(bytes.AsSpan(0, size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The bytes that are hashed: each field as its length and itself.</summary>
    public static byte[] Preimage(string organisation, string stream, RawEntry entry)
    {
        var bytes = new byte[Size(organisation, stream, entry)];
        Write(bytes, organisation, stream, entry);
        return bytes;
    }

    private static int Size(string organisation, string stream, RawEntry entry) =>
        Size([Format, organisation, stream]) + 12 + 4 + entry.PreviousHash.Length +
        Size([entry.CauseKey, entry.Kind, entry.OccurredAt, entry.RecordedAt, entry.Actor, entry.Source]) + 4 + entry.Data.Length + 4 + entry.Commitment.Length;

    private static void Write(Span<byte> bytes, string organisation, string stream, RawEntry entry)
    {
        var rest = Write(bytes, [Format, organisation, stream]);
        BinaryPrimitives.WriteInt32BigEndian(rest, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(rest[4..], entry.Version);
        rest = Write(rest[12..], entry.PreviousHash.Span);
        rest = Write(rest, [entry.CauseKey, entry.Kind, entry.OccurredAt, entry.RecordedAt, entry.Actor, entry.Source]);
        rest = Write(rest, entry.Data.Span);
        Write(rest, entry.Commitment.Span);
    }

    private static int Size(ReadOnlySpan<string?> fields)
    {
        var size = 0;
        foreach (var field in fields)
        {
            size += 4 + Strict.GetByteCount(field ?? "");
        }

        return size;
    }

    private static Span<byte> Write(Span<byte> to, ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
        {
            var length = Strict.GetBytes(field ?? "", to[4..]);
            BinaryPrimitives.WriteInt32BigEndian(to, length);
            to = to[(4 + length)..];
        }

        return to;
    }

    private static Span<byte> Write(Span<byte> to, ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, field.Length);
        field.CopyTo(to[4..]);
        return to[(4 + field.Length)..];
    }
}
