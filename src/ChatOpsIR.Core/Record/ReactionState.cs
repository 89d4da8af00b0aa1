namespace ChatOpsIR.Core.Record;

/// <summary>
/// Whether somebody's reaction is at a message, as the entries about it tell one after the other. Platforms send events side by side, so
/// that it may be on record as taken back before it is on record as given: of what the platform sent, the latest to happen counts.
/// What a reading of the history found counts as of the entry that says so, since it says how things stood by then.
/// </summary>
/// <param name="IsThere">People see it.</param>
/// <param name="LatestLive">When the latest of what the platform sent about it happened, by the platform's clock.</param>
public readonly record struct ReactionState(bool IsThere, DateTimeOffset LatestLive)
{
    /// <summary>How it stands after one more entry.</summary>
    /// <param name="stamp">The entry's.</param>
    /// <param name="added">False when it was taken back.</param>
    public ReactionState After(Stamp stamp, bool added) =>
        stamp.Source is not Source.Live ? this with { IsThere = added }
        : IsLate(stamp) ? this
        : new ReactionState(added, stamp.OccurredAt);

    /// <summary>Whether an entry comes after one that tells of something later.</summary>
    public bool IsLate(Stamp stamp) => stamp.Source is Source.Live && stamp.OccurredAt < LatestLive;
}
