using System.Text.Json;

namespace ChatOpsIR.Storage.Format;

/// <summary>A platform's own object goes into the content byte for byte, so it has to be JSON on its own.</summary>
internal static class OriginalJson
{
    public const int MaxDepth = 1000;

    /// <exception cref="ArgumentException">It is no JSON; whoever cannot parse a body records it as unreadable.</exception>
    public static void Check(ReadOnlySpan<byte> original)
    {
        try
        {
            var reader = new Utf8JsonReader(original, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }
        }
        catch (JsonException unreadable)
        {
            throw new ArgumentException("The original of a chat record is no JSON.", nameof(original), unreadable);
        }
    }
}
