namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Who is there, by the heartbeats that Hangfire keeps of each instance. They are compared with themselves only, never with this
/// machine's clock: one that no longer changes belongs to somebody who is dead or sleeps.
/// </summary>
internal sealed class Heartbeats(TimeProvider time)
{
    /// <summary>How often an instance gives one.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After so long without one an instance counts as gone, and the others ask for its leases. They get none that it still renews, so a
    /// false alarm costs a few questions.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, Heard> heard = new(StringComparer.Ordinal);

    /// <summary>Takes down who is there now; true when somebody is gone who was there before. Said once of each.</summary>
    public bool OneIsGone(IReadOnlyCollection<(string Name, DateTime? Beat)> there)
    {
        var left = heard.Keys.Except(there.Select(instance => instance.Name), StringComparer.Ordinal).ToList();
        var gone = left.Exists(name => !heard[name].IsGone);
        left.ForEach(name => heard.Remove(name));
        foreach (var (name, beat) in there)
        {
            var before = heard.GetValueOrDefault(name);
            var now = before is null || before.Beat != beat ? new Heard(beat, time.GetTimestamp(), IsGone: false) : before;
            var silent = time.GetElapsedTime(now.At) >= Silence;
            gone |= silent && !now.IsGone;
            heard[name] = now with { IsGone = silent };
        }

        return gone;
    }

    private sealed record Heard(DateTime? Beat, long At, bool IsGone);
}
