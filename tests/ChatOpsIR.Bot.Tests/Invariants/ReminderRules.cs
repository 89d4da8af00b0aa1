using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I8: each due occurrence is told once, or told as missed. I9: none for an incident that is not open.</summary>
internal static class ReminderRules
{
    /// <summary>Half a minute until the reconciler looks, and a little for the work itself.</summary>
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromSeconds(40);

    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence) => record.Incidents.SelectMany(incident => Broken(incident, evidence));

    private static IEnumerable<string> Broken(IncidentRecord incident, Evidence evidence)
    {
        var told = incident.Entries.Select(entry => entry.Fact).OfType<ReminderFired>().SelectMany(fired => fired.Missed.Append(fired.Occurrence));
        foreach (var twice in told.GroupBy(occurrence => occurrence).Where(same => same.Count() > 1))
        {
            yield return $"I8: {incident.Id} told {twice.Key} {twice.Count()} times.";
        }

        foreach (var (entry, before, _) in incident.Steps.Where(step => step.Entry.Fact is ReminderFired && step.Before.Status is not Status.Open))
        {
            yield return $"I9: {incident.Id} was reminded of {((ReminderFired)entry.Fact).Occurrence} in version {entry.Version}, when it was {before.Status}.";
        }

        if (evidence is not { Quiet: true, Now: { } now })
        {
            yield break;
        }

        foreach (var late in Due.Of(incident.Now, evidence.Policy).Where(item => item.At + NoticedWithin < now))
        {
            yield return $"I8: {incident.Id} never told {late.Occurrence}, which was due at {late.At:O}.";
        }
    }
}
