using System.Text.Json;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Storage.Export;

/// <summary>Which entries a <c>redacted</c> entry names, and with which commitments.</summary>
internal static class RedactedNames
{
    public const string Kind = "redacted";

    public static IReadOnlyList<(long Version, byte[] Commitment)> Of(RawEntry entry)
    {
        if (entry.Kind != Kind)
        {
            return [];
        }

        try
        {
            using var data = JsonDocument.Parse(entry.Data);
            var versions = data.RootElement.GetProperty("versions").EnumerateArray().Select(item => item.GetInt64());
            var commitments = data.RootElement.GetProperty("commitments").EnumerateArray().Select(item => Convert.FromHexString(item.GetString()!));
            return [.. versions.Zip(commitments).Where(named => named.First < entry.Version)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            // Its hash was right, so it was recorded like that; but it explains nothing.
            return [];
        }
    }
}
