using System.Collections.Concurrent;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>Checks of a whole record that somebody asks for. Each reads all of it, so one person asks now and then, and few run at once.</summary>
internal sealed class AskedChecks(Seals seals, TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const int AtOnce = 2;
    private const int ManyAsked = 1000;

    private readonly Turnstile running = new(mostOfOne: 1, AtOnce);
    private readonly ConcurrentDictionary<PersonId, DateTimeOffset> asked = [];

    /// <summary>Null once it was checked; else the status that says whose limit is reached, and when to ask again.</summary>
    public async Task<(int Status, TimeSpan Wait)?> AskAsync(PersonId person, IncidentId incident, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wait = asked.TryGetValue(person, out var last) ? last + Pause - now : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            return (StatusCodes.Status429TooManyRequests, wait);
        }

        using var turn = running.Enter(person);
        if (turn.Refused is { } status)
        {
            return (status, Pause);
        }

        Forget(now);
        asked[person] = now;
        await seals.CheckAsync(incident, cancellationToken);
        return null;
    }

    private void Forget(DateTimeOffset now)
    {
        if (asked.Count < ManyAsked)
        {
            return;
        }

        foreach (var (person, _) in asked.Where(one => one.Value + Pause <= now))
        {
            asked.TryRemove(person, out _);
        }
    }
}
