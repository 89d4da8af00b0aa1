namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I4: what was answered as done is in the record.</summary>
internal static class AcknowledgementRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence)
    {
        foreach (var told in evidence.Acknowledged)
        {
            var where = record.Incidents.Where(incident => told.Incident is null || incident.Id == told.Incident).ToList();
            if (told.Incident is { } named && !where.Exists(incident => incident.Now.Exists))
            {
                yield return $"I4: “{told.What}” was answered with {named}, which does not exist.";
            }
            else if (told.CauseKey is { } cause && !where.Exists(incident => incident.Entries.Any(entry => entry.Stamp.CauseKey == cause)))
            {
                yield return $"I4: “{told.What}” was answered as done, and {told.Incident?.ToString() ?? "no incident"} has no entry for {cause}.";
            }
        }
    }
}
