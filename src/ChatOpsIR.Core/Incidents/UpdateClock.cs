using System.Globalization;

namespace ChatOpsIR.Core.Incidents;

/// <summary>When status updates are owed. It starts anew with each update, each snooze and each change of severity.</summary>
/// <param name="Version">The entry that started it; part of its occurrences' names.</param>
/// <param name="From">When the first cadence began.</param>
public sealed record UpdateClock(long Version, DateTimeOffset From)
{
    /// <summary>Set by a snooze: the first update is due then instead of one cadence after <see cref="From"/>.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Set by a change of severity: a shorter cadence makes an update due at once, and never in the past.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How many of its reminders have been told, missed ones included.</summary>
    public int Told { get; init; }

    public bool Escalated { get; init; }

    public DateTimeOffset FirstDue(TimeSpan cadence)
    {
        var due = SnoozedUntil ?? From + cadence;
        return NotBefore > due ? NotBefore.Value : due;
    }

    public DateTimeOffset DueAt(int nth, TimeSpan cadence) => FirstDue(cadence) + (cadence * nth);

    public string UpdateOccurrence(int nth) => string.Create(CultureInfo.InvariantCulture, $"update:{Version}:{nth}");

    public string EscalationOccurrence => string.Create(CultureInfo.InvariantCulture, $"escalation:{Version}");

    internal UpdateClock Rated(long version, DateTimeOffset now) => new(version, From) { SnoozedUntil = SnoozedUntil, NotBefore = now };

    internal UpdateClock After(ReminderFired fired)
    {
        // What was missed follows what was told before, without a gap.
        var last = Told + fired.MissedInAll;
        return fired.Occurrence == EscalationOccurrence ? this with { Told = last, Escalated = true }
            : fired.Occurrence == UpdateOccurrence(last) ? this with { Told = last + 1 }
            : this;
    }
}
