using System.Text;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// The limits of an entity group transaction on Azure Tables, kept in every environment: what works here has to work there. The
/// emulator is laxer than Azure, so the limits are counted by ourselves.
/// </summary>
internal static class AppendGuard
{
    private const int MostRows = 100;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int ChunkBytes = 60 * 1024;
    private const int MostChunks = 16;

    /// <summary>Room for a row's keys, property names, hashes and the request around it.</summary>
    private const int RowOverhead = 2048;

    /// <exception cref="ArgumentException">The append is too large for one transaction.</exception>
    public static void Check(IReadOnlyList<EntryDraft> drafts)
    {
        if (drafts.Count == 0)
        {
            throw new ArgumentException("An append needs an entry.", nameof(drafts));
        }

        var rows = drafts.Sum(draft => 1 + draft.Keys.Count());
        if (rows > MostRows)
        {
            throw new ArgumentException($"An append of {rows} rows is too large: at most {MostRows} fit into one transaction.", nameof(drafts));
        }

        var bytes = drafts.Sum(Bytes);
        if (bytes >= MostBytes)
        {
            throw new ArgumentException($"An append of {bytes} bytes is too large: a transaction holds less than {MostBytes}.", nameof(drafts));
        }

        CheckKeys(drafts);
        foreach (var draft in drafts)
        {
            CheckSizes(draft);
        }
    }

    /// <summary>Binary travels as base64, text as UTF-8; both are counted generously.</summary>
    private static long Bytes(EntryDraft draft) =>
        RowOverhead + Encoded(draft.Data.Length) + Encoded(draft.Content.Length) +
        draft.Keys.Sum(key => RowOverhead + (long)Encoding.UTF8.GetByteCount(key));

    private static long Encoded(int length) => (length + 2L) / 3 * 4;

    private static void CheckSizes(EntryDraft draft)
    {
        if (draft.Data.Length > ChunkBytes)
        {
            throw new ArgumentException($"The data of a '{draft.Kind}' entry has {draft.Data.Length} bytes; at most {ChunkBytes} fit into a row.");
        }

        if (draft.Content.Length > ChunkBytes * MostChunks)
        {
            throw new ArgumentException($"The content of a '{draft.Kind}' entry has {draft.Content.Length} bytes: more than {MostChunks} chunks.");
        }
    }

    private static void CheckKeys(IReadOnlyList<EntryDraft> drafts)
    {
        var seen = new HashSet<string>();
        foreach (var key in drafts.SelectMany(draft => draft.Keys))
        {
            if (!seen.Add(key))
            {
                throw new ArgumentException($"One append has the cause '{key}' twice. Drop the repeat first: neither would be recorded.");
            }
        }
    }
}
