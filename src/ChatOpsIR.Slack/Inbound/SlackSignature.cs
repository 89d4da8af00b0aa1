using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Tells Slack's requests from everybody else's: HMAC-SHA-256 over the raw bytes, five minutes either way.</summary>
internal static class SlackSignature
{
    private const string Version = "v0";
    private const long WindowInSeconds = 300;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static bool IsGenuine(SlackHttpRequest request, DateTimeOffset now, params ReadOnlySpan<string?> secrets)
    {
        if (!IsFresh(request.Timestamp, now) || Digest(request.Signature) is not { } claimed)
        {
            return false;
        }

        var genuine = false;
        foreach (var secret in secrets)
        {
            genuine |= !string.IsNullOrWhiteSpace(secret) &&
                CryptographicOperations.FixedTimeEquals(Of(secret, request.Timestamp!, request.Body.Span), claimed);
        }

        return genuine;
    }

    /// <summary>The header value that Slack would send.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        $"{Version}={Convert.ToHexStringLower(Of(secret, timestamp, body))}";

    private static byte[] Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    // NumberStyles.None leaves only ASCII digits: no sign, no spaces, and an overflow is a plain no.
    private static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) &&
        Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= WindowInSeconds;

    private static byte[]? Digest(string? header)
    {
        var prefix = Version.Length + 1;
        if (header?.Length != prefix + (2 * SHA256.HashSizeInBytes) || !header.StartsWith($"{Version}=", StringComparison.Ordinal) ||
            header.AsSpan(prefix).ContainsAnyExcept(HexDigits))
        {
            return null;
        }

        return Convert.FromHexString(header.AsSpan(prefix));
    }
}
