using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Core.Incidents;

/// <summary>Something that becomes due at a moment.</summary>
/// <param name="Occurrence">Names it for ever: it is told once.</param>
/// <param name="Role">For <see cref="ReminderKind.Acceptance"/>: the role that was offered.</param>
public sealed record DueItem(string Occurrence, ReminderKind Kind, DateTimeOffset At, RoleId? Role = null);

/// <summary>What an incident owes, and when. Pure: the same state and policy give the same answer for ever.</summary>
public static class Due
{
    /// <summary>How many missed reminders an entry names; it counts the rest.</summary>
    private const int MostNamed = 100;

    /// <summary>The next occurrence of each kind, in the order of time.</summary>
    public static ImmutableArray<DueItem> Of(Incident incident, Policy policy) =>
        [.. Items(incident, policy).OrderBy(item => item.At).ThenBy(item => item.Occurrence, StringComparer.Ordinal)];

    /// <summary>When something is due next; null when nothing is.</summary>
    public static DateTimeOffset? Next(Incident incident, Policy policy) => Of(incident, policy) is [var first, ..] ? first.At : null;

    /// <summary>Whether nothing has changed that anything due follows from, as with nearly every message; false says nothing.</summary>
    internal static bool IsSame(Incident before, Incident after) =>
        ReferenceEquals(before.Clock, after.Clock) && before.Offers == after.Offers && before.Status == after.Status && before.Severity == after.Severity;

    /// <summary>When the next status update is due; null when none is owed.</summary>
    public static DateTimeOffset? NextUpdate(Incident incident, Policy policy) =>
        incident is { Status: Status.Open, Clock: { } clock } ? clock.FirstDue(policy.For(incident.Severity).Cadence) : null;

    /// <summary>
    /// What to tell at a moment: one fact for all that concerns the status update (an escalation tells the reminders that passed
    /// before it as well), and one for each unanswered offer.
    /// </summary>
    public static ImmutableArray<NewFact> At(DateTimeOffset now, Incident incident, Policy policy)
    {
        var facts = ImmutableArray.CreateBuilder<NewFact>();
        if (UpdateFact(now, incident, policy) is { } update)
        {
            facts.Add(update);
        }

        foreach (var item in Of(incident, policy).Where(item => item.Kind is ReminderKind.Acceptance && item.At <= now))
        {
            facts.Add(Fired(item, []));
        }

        return facts.ToImmutable();
    }

    internal static string AcceptanceOccurrence(long version) => string.Create(CultureInfo.InvariantCulture, $"acceptance:{version}");

    private static IEnumerable<DueItem> Items(Incident incident, Policy policy)
    {
        if (incident.Status is not Status.Open)
        {
            yield break;
        }

        var severity = policy.For(incident.Severity);
        if (incident.Clock is { } clock)
        {
            yield return new DueItem(clock.UpdateOccurrence(clock.Told), ReminderKind.Update, clock.DueAt(clock.Told, severity.Cadence));
            if (!clock.Escalated)
            {
                yield return new DueItem(clock.EscalationOccurrence, ReminderKind.Escalation, clock.FirstDue(severity.Cadence) + severity.Grace);
            }
        }

        foreach (var offer in incident.Offers.Where(offer => !offer.Told))
        {
            yield return new DueItem(offer.Occurrence, ReminderKind.Acceptance, offer.At + policy.AcceptWithin, offer.Role);
        }
    }

    private static NewFact? UpdateFact(DateTimeOffset now, Incident incident, Policy policy)
    {
        if (incident is not { Status: Status.Open, Clock: { } clock })
        {
            return null;
        }

        var severity = policy.For(incident.Severity);
        var passed = Enumerable.Range(clock.Told, int.MaxValue - clock.Told)
            .Select(nth => new DueItem(clock.UpdateOccurrence(nth), ReminderKind.Update, clock.DueAt(nth, severity.Cadence)))
            .TakeWhile(item => item.At <= now)
            .ToImmutableArray();
        var escalateAt = clock.FirstDue(severity.Cadence) + severity.Grace;

        return (clock.Escalated || escalateAt > now, passed) switch
        {
            (false, _) => Fired(new DueItem(clock.EscalationOccurrence, ReminderKind.Escalation, escalateAt), passed),
            (true, [.. var missed, var last]) => Fired(last, missed),
            _ => null,
        };
    }

    private static NewFact Fired(DueItem item, ImmutableArray<DueItem> missed) => new(
        new ReminderFired(item.Occurrence, item.Kind, item.At, [.. missed.TakeLast(MostNamed).Select(m => m.Occurrence)], item.Role)
        {
            MissedBefore = Math.Max(0, missed.Length - MostNamed),
        })
    {
        CauseKey = $"due:{item.Occurrence}",
    };
}
