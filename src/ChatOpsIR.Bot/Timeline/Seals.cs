using System.Collections.Concurrent;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>When a record was last verified, and what came of it. A short one is verified as it is shown; a long one when somebody asks.</summary>
internal sealed class Seals(IRawEntries raw, IOptions<OrganisationOptions> organisation, TimeProvider time)
{
    /// <summary>Read in one request, and hashed in a few milliseconds.</summary>
    public const long Short = 500;

    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<IncidentId, Seal> kept = [];

    /// <summary>The newest check, if it still says something about the record as it stands.</summary>
    public async Task<Seal?> OfAsync(IncidentId incident, long head, CancellationToken cancellationToken)
    {
        var seal = kept.GetValueOrDefault(incident);
        return head <= Short && (seal is null || seal.Version < head) ? await CheckAsync(incident, cancellationToken) : seal;
    }

    public async Task<Seal> CheckAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        var verdict = await StreamVerifier.VerifyAsync(organisation.Value.Id, incident.Stream, raw, cancellationToken);
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        return kept[incident] = verdict switch
        {
            Verdict.Intact intact => new Seal(time.GetUtcNow(), intact.Count, null),
            Verdict.Broken broken => new Seal(time.GetUtcNow(), broken.Version, broken.Why),
            _ => new Seal(time.GetUtcNow(), 0, "It could not be read."),
        };
    }
}

/// <param name="Version">The newest entry that was checked; the first broken one where it is broken.</param>
/// <param name="Broken">Why it does not verify; null when it does.</param>
public sealed record Seal(DateTimeOffset CheckedAt, long Version, string? Broken);
