using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>How many may be in at once: of one person's windows, and all together.</summary>
internal sealed class Turnstile(int mostOfOne, int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<PersonId, int> inside = [];
    private int all;

    /// <summary>Lets somebody in until the turn is disposed of, or says why not.</summary>
    public Turn Enter(PersonId person)
    {
        lock (gate)
        {
            var theirs = inside.GetValueOrDefault(person);
            if (theirs >= mostOfOne)
            {
                return new Turn(StatusCodes.Status429TooManyRequests, null);
            }

            if (all >= most)
            {
                return new Turn(StatusCodes.Status503ServiceUnavailable, null);
            }

            inside[person] = theirs + 1;
            all++;
            return new Turn(null, () => Leave(person));
        }
    }

    private void Leave(PersonId person)
    {
        lock (gate)
        {
            all--;
            if (--inside[person] == 0)
            {
                inside.Remove(person);
            }
        }
    }
}

/// <param name="refused">The status that says whose limit is reached; null for whoever is in.</param>
internal sealed class Turn(int? refused, Action? leave) : IDisposable
{
    private Action? leave = leave;

    public int? Refused { get; } = refused;

    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
