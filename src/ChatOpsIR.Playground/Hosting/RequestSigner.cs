using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Playground;

/// <summary>Slack's request signature, version 0. See https://docs.slack.dev/authentication/verifying-requests-from-slack.</summary>
public static class RequestSigner
{
    public static (string Timestamp, string Signature) Sign(string secret, byte[] body, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return (timestamp, "v0=" + Convert.ToHexStringLower(mac));
    }
}
