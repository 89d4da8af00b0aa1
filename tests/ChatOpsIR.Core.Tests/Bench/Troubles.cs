using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Core.Tests.Bench;

/// <summary>What shall go wrong, once each, with the next act whose line begins with given words.</summary>
internal sealed class Troubles
{
    private readonly List<Trouble> coming = [];

    /// <summary>The act is not performed.</summary>
    public void Fail(string beginning, Exception problem, int times = 1) =>
        coming.AddRange(Enumerable.Repeat(new Trouble(beginning, problem, null, Performed: false), times));

    /// <summary>The act is performed and its answer lost.</summary>
    public void Lose(string beginning) => coming.Add(new Trouble(beginning, new ChatOutcomeUnknownException("The answer was lost."), null, Performed: true));

    /// <summary>The act waits before it is performed, until the source is completed.</summary>
    /// <param name="thenLose">Its answer is lost then.</param>
    public TaskCompletionSource Hold(string beginning, bool thenLose = false)
    {
        var hold = new TaskCompletionSource();
        coming.Add(new Trouble(beginning, thenLose ? new ChatOutcomeUnknownException("The answer was lost.") : null, hold, Performed: true));
        return hold;
    }

    /// <summary>Throws what comes before the act; gives what comes after it.</summary>
    public async Task<Exception?> MeetAsync(string line, CancellationToken cancellationToken)
    {
        if (coming.Find(trouble => line.StartsWith(trouble.Beginning, StringComparison.Ordinal)) is not { } met)
        {
            return null;
        }

        coming.Remove(met);
        if (met.Hold is { } hold)
        {
            await hold.Task.WaitAsync(cancellationToken);
        }

        return met is { Performed: false, Problem: { } problem } ? throw problem : met.Problem;
    }

    private sealed record Trouble(string Beginning, Exception? Problem, TaskCompletionSource? Hold, bool Performed);
}
