namespace ChatOpsIR.Storage;

/// <summary>How long what was learnt of somebody is relied on.</summary>
internal static class KnownPeople
{
    /// <summary>Whoever leaves or becomes a guest has the rights of a member for as long, at most.</summary>
    public static readonly TimeSpan StayFor = TimeSpan.FromHours(1);

    /// <summary>What a clock wrote down that was further ahead would stay true until that moment has come.</summary>
    public static readonly TimeSpan MayBeAhead = TimeSpan.FromMinutes(5);

    public static bool IsFresh(DateTimeOffset seenAt, DateTimeOffset now) => seenAt > now - StayFor && seenAt <= now + MayBeAhead;
}
