using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Slack's timestamps, which are also ids: seconds, a dot, microseconds. As text they are keys, and only here do they become moments.</summary>
internal static class SlackTime
{
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static bool TryRead([NotNullWhen(true)] string? ts, out DateTimeOffset moment)
    {
        moment = default;
        if (ts?.Split('.') is not [var whole, { Length: <= 6 } part] ||
            !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LastSecond ||
            !int.TryParse(part.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
        {
            return false;
        }

        moment = DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(microseconds);
        return true;
    }
}
