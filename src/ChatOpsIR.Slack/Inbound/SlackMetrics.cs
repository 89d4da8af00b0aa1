using System.Diagnostics.Metrics;

namespace ChatOpsIR.Slack.Inbound;

internal static class SlackMetrics
{
    private static readonly Meter Meter = new("ChatOpsIR.Slack");

    public static readonly Counter<long> UnknownRoom =
        Meter.CreateCounter<long>("chatopsir.slack.unknown_room", description: "Events from rooms that belong to no incident; nothing of them is kept.");

    public static readonly Counter<long> Unreadable =
        Meter.CreateCounter<long>("chatopsir.slack.unreadable", description: "Events of a war room in a shape we do not know, kept as they came.");

    public static readonly Counter<long> RateLimited =
        Meter.CreateCounter<long>("chatopsir.slack.rate_limited", description: "Minutes in which Slack held events back.");
}
