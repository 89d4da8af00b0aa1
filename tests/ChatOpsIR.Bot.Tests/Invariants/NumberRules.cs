using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Format;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>Every number that was given out became an incident or is voided, and no incident is without a number.</summary>
internal static class NumberRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence)
    {
        var given = record.Numbers.Select(entry => entry.Fact).OfType<IncidentNumbered>().Select(fact => fact.Number).ToList();
        var voided = record.Numbers.Select(entry => entry.Fact).OfType<NumberVoided>().Select(fact => fact.Number).ToHashSet();
        if (!given.SequenceEqual(Enumerable.Range(1, given.Count)))
        {
            yield return $"Numbers: they were given out as {string.Join(", ", given)} and not one after the other.";
        }

        var incidents = record.Incidents.ToDictionary(incident => incident.Id.Number);
        foreach (var number in given.Distinct().Where(number => evidence.Quiet && !incidents.ContainsKey(number)))
        {
            yield return $"Numbers: {new IncidentId(number)} was given out and has no entry 1.";
        }

        foreach (var number in voided.Where(number => incidents.GetValueOrDefault(number)?.Now.Status is not Status.Voided))
        {
            yield return $"Numbers: {new IncidentId(number)} is called voided, and its own stream does not say so.";
        }

        foreach (var incident in record.Incidents)
        {
            foreach (var wrong in Openings(incident, given))
            {
                yield return wrong;
            }
        }

        if (record.BookSnapshot is { } kept && !Same(kept.State, Fold(record.Numbers, kept.Head.Version)))
        {
            yield return $"I12: the snapshot of numbers as of version {kept.Head.Version} is not what the entries say.";
        }
    }

    private static IEnumerable<string> Openings(IncidentRecord incident, List<int> given)
    {
        if (!given.Contains(incident.Id.Number))
        {
            yield return $"Numbers: nobody gave {incident.Id} its number.";
        }

        foreach (var entry in incident.Entries.Where(entry => (entry.Version == 1) != entry.Fact is IncidentDeclared or IncidentVoided))
        {
            yield return $"Numbers: entry {entry.Version} of {incident.Id} is {entry.Fact.GetType().Name}.";
        }
    }

    private static NumberBook Fold(ImmutableArray<Entry> entries, long through) =>
        entries.Where(entry => entry.Version <= through).Aggregate(new NumberBook(), (book, entry) => book.Apply(entry.Stamp, entry.Fact));

    private static bool Same(NumberBook left, NumberBook right) => SnapshotCodec.Write(left).AsSpan().SequenceEqual(SnapshotCodec.Write(right));
}
