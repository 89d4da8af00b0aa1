using System.Text;
using System.Text.Unicode;

namespace ChatOpsIR.Storage.Export;

/// <summary>Which bytes an export may show as text: those that come back the same from any JSON reader.</summary>
internal static class CleanText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool Is(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.StartsWith(Encoding.UTF8.Preamble);

    /// <summary>The bytes of a text; null when it has none (half a surrogate pair).</summary>
    public static byte[]? BytesOf(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
