using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>What came of one try.</summary>
/// <param name="Wait">Null when it is settled one way or the other; else how long to wait before the next.</param>
/// <param name="Problem">What went wrong, for the log; null when nothing did, or when the record tells it.</param>
public sealed record Tried(TimeSpan? Wait, Exception? Problem = null)
{
    public static readonly Tried Settled = new((TimeSpan?)null);
}

/// <summary>What a lane remembers of its tries at one effect.</summary>
/// <param name="WantedBy">The entry that wants it tried: a release by a human begins anew.</param>
public sealed record Tries(EffectKey? Effect, long WantedBy)
{
    public static readonly Tries None = new(null, 0);

    /// <summary>How often it was tried.</summary>
    public int Made { get; init; }

    /// <summary>How often nobody could tell what came of it.</summary>
    public int Failed { get; init; }

    /// <summary>When that began, as a timestamp of the process's clock: a machine's clock that is set tells nothing about patience.</summary>
    public long? FailingSince { get; init; }

    /// <summary>The last try seemed to settle it.</summary>
    public bool SeemedSettled { get; init; }

    public Tries Of(PendingEffect pending) =>
        pending.Key == Effect && pending.WantedBy == WantedBy ? this : new Tries(pending.Key, pending.WantedBy);

    public Tries After(Tried tried, long now)
    {
        var next = this with { Made = Made + 1, SeemedSettled = tried.Wait is null };
        return tried.Problem is null ? next : next with { Failed = Failed + 1, FailingSince = FailingSince ?? now };
    }
}

/// <summary>Whether to look for what an earlier attempt may have done, before it is done again.</summary>
public enum LookFirst
{
    /// <summary>Nobody has tried it.</summary>
    No,

    /// <summary>A human who looked has released it. People overlook things, so we look as well, unless that is what we may not do.</summary>
    WherePossible,

    /// <summary>Somebody may have done it.</summary>
    Yes,
}
