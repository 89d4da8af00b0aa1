using System.Diagnostics.Metrics;

namespace ChatOpsIR.Bot.Reminders;

internal static class ReminderMetrics
{
    private static readonly Meter Meter = new("ChatOpsIR.Reminders");

    public static readonly Counter<long> NotTaken =
        Meter.CreateCounter<long>("chatopsir.reminders.not_taken", description: "Attempts to hand a wake-up to Hangfire that its storage did not take.");
}
