using System.Globalization;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Moments as Slack writes them.</summary>
internal static class SlackClock
{
    /// <summary>
    /// How far Slack's clock may be from ours when we look for what we made earlier. What is overlooked is made again; too early a
    /// beginning costs a page at most.
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static string Ts(DateTimeOffset at)
    {
        var micros = at.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{micros:D6}");
    }
}
