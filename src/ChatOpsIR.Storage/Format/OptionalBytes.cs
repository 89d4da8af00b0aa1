namespace ChatOpsIR.Storage.Format;

internal static class OptionalBytes
{
    /// <summary>
    /// Absent stays absent. Left to the compiler, null becomes an array and then an empty memory, and a redacted content an empty one.
    /// </summary>
    public static ReadOnlyMemory<byte>? Of(byte[]? bytes)
    {
        if (bytes is null)
        {
            return default(ReadOnlyMemory<byte>?);
        }

        return new ReadOnlyMemory<byte>(bytes);
    }
}
