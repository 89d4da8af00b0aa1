using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I2: versions 1 to n without a gap. I3: the chain verifies. I1, for every kind of cause: none is carried out twice.</summary>
internal static class ChainRules
{
    public static IEnumerable<string> Broken(WholeRecord record) => [.. record.Streams.SelectMany(Broken), .. ToldTwice(record)];

    private static IEnumerable<string> Broken(StreamRecord stream)
    {
        for (var i = 0; i < stream.Raw.Count; i++)
        {
            if (stream.Raw[i].Version != i + 1)
            {
                yield return $"I2: {stream.Id} has version {stream.Raw[i].Version} where {i + 1} has to be.";
                break;
            }
        }

        if (stream.Verdict is Verdict.Broken broken)
        {
            yield return $"I3: {stream.Id} does not verify from version {broken.Version} on: {broken.Why}";
        }

        foreach (var twice in stream.Raw.Where(entry => entry.CauseKey is not null).GroupBy(entry => entry.CauseKey).Where(same => same.Count() > 1))
        {
            yield return $"I1: {stream.Id} has the cause {twice.Key} {twice.Count()} times, first in version {twice.First().Version}.";
        }
    }

    // What was said in a room belongs to one incident alone.
    private static IEnumerable<string> ToldTwice(WholeRecord record) =>
        from incident in record.Incidents
        from entry in incident.Entries
        where entry.Stamp.CauseKey?.StartsWith("slack:", StringComparison.Ordinal) is true
        group incident.Id by entry.Stamp.CauseKey into same
        let streams = same.Distinct().ToList()
        where streams.Count > 1
        select $"I1: the cause {same.Key} is in {string.Join(" and in ", streams)}.";
}
