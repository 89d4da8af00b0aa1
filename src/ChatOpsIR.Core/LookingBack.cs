using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Reads an incident's record backwards, as far as somebody who comes late has to know, and no longer than they wait for it.</summary>
public sealed class LookingBack(IStreamStore store, TimeProvider time)
{
    private const int PageSize = 500;
    private const int MostEntries = 10_000;

    // Of the two seconds in which an answer must be there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Recap> RecapAsync(Incident incident, PersonId asker, Question.CatchUp asked, CancellationToken cancellationToken)
    {
        var recap = Recap.For(asker, asked.Since, asked.CauseKey);
        var began = time.GetUtcNow();
        for (var end = incident.Version; end > 0 && !recap.IsComplete; end -= PageSize)
        {
            if (recap.EntriesRead >= MostEntries || time.GetUtcNow() - began >= Patience)
            {
                return recap with { StoppedEarly = true };
            }

            var slice = await store.ReadAsync(incident.Id.Stream, Math.Max(0, end - PageSize), (int)Math.Min(PageSize, end), cancellationToken);
            for (var i = slice.Entries.Length - 1; i >= 0 && !recap.IsComplete; i--)
            {
                recap = recap.Before(slice.Entries[i]);
            }
        }

        return recap;
    }
}
