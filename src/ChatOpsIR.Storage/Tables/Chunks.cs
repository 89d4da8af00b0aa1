using System.Globalization;
using Azure.Data.Tables;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Tables;

/// <summary>Bytes that may be too many for one property, in several, with their length beside them.</summary>
internal static class Chunks
{
    private const int ChunkBytes = 60 * 1024;

    /// <summary>More than this fits into no row.</summary>
    public const int MostBytes = 15 * ChunkBytes;

    public static void Write(TableEntity entity, string name, ReadOnlySpan<byte> bytes)
    {
        entity[LengthOf(name)] = bytes.Length;
        for (var chunk = 0; chunk * ChunkBytes < bytes.Length; chunk++)
        {
            var rest = bytes[(chunk * ChunkBytes)..];
            entity[ChunkOf(name, chunk)] = rest[..Math.Min(ChunkBytes, rest.Length)].ToArray();
        }
    }

    /// <summary>Null when there are none at all, which is not the same as none of length 0.</summary>
    public static byte[]? Read(TableEntity entity, string name)
    {
        if (entity.GetInt32(LengthOf(name)) is not { } length)
        {
            return null;
        }

        var bytes = new byte[length];
        for (var (chunk, at) = (0, 0); at < length; chunk++)
        {
            var part = entity.GetBinary(ChunkOf(name, chunk));
            if (part is null || part.Length == 0 || at + part.Length > length)
            {
                throw new StoreException($"The row '{entity.RowKey}' has lost a part of its {name}.");
            }

            part.CopyTo(bytes, at);
            at += part.Length;
        }

        return bytes;
    }

    public static bool AreGone(TableEntity entity, string name) => entity.GetInt32(LengthOf(name)) is null;

    public static void Remove(TableEntity entity, string name)
    {
        entity.Remove(LengthOf(name));
        for (var chunk = 0; entity.Remove(ChunkOf(name, chunk)); chunk++)
        {
        }
    }

    private static string LengthOf(string name) => $"{name}_length";

    private static string ChunkOf(string name, int chunk) => string.Create(CultureInfo.InvariantCulture, $"{name}_{chunk}");
}
