using System.Security.Cryptography;
using System.Text;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Storage.Format;

/// <summary>
/// What is kept of a content that is too large: its beginning, its length, and the keyed hash of the whole's SHA-256, so that somebody
/// who has the whole can show that it is the same. An unreadable body keeps its own first bytes, and the mark goes to its data.
/// </summary>
internal sealed record CutContent(long Length, string Hash, string Prefix)
{
    public const int Longest = 900 * 1024;

    /// <summary>In characters: two texts of these, six bytes for each character at worst, leave room for the prefix.</summary>
    public const int LongestText = 30 * 1024;

    /// <summary>In bytes, of which each may need three once it is JSON text.</summary>
    private const int LongestPrefix = 128 * 1024;

    private const string Mark = "cut";

    /// <summary>What is no text, or half a character at the cut, becomes one byte and no more.</summary>
    private static readonly Encoding Lossy =
        Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("?"));

    public static CutContent Of(ReadOnlySpan<byte> content, IKeyedHash hash) => new(
        content.Length,
        hash.Of(Convert.ToHexStringLower(SHA256.HashData(content))),
        Lossy.GetString(content[..LongestPrefix]));

    public void Write(FieldWriter to, bool withPrefix)
    {
        to.Name(Mark);
        to.Json.WriteStartObject();
        to.Number("length", Length);
        to.Json.WriteString("h", Hash);
        if (withPrefix)
        {
            to.Json.WriteString("prefix", Prefix);
        }

        to.Json.WriteEndObject();
    }
}
