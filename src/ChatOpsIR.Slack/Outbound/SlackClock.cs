using System.Globalization;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Moments as Slack writes them.</summary>
internal static class SlackClock
{
    public static string Ts(DateTimeOffset at)
    {
        var micros = at.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{micros:D6}");
    }
}
