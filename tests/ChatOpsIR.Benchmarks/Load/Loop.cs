using System.Threading.Channels;

namespace ChatOpsIR.Benchmarks.Load;

/// <summary>What came of a load: one status and one waiting time for each letter, in their order.</summary>
internal sealed record Answers(TimeSpan Took, int[] Statuses, double[] Milliseconds)
{
    public double PerSecond => Statuses.Length / Took.TotalSeconds;

    /// <exception cref="InvalidOperationException">Another status came back as well: then the figures are of something else.</exception>
    public Answers All(int status) => Array.TrueForAll(Statuses, one => one == status)
        ? this
        : throw new InvalidOperationException($"Not every answer was {status}: {string.Join(", ", Statuses.CountBy(one => one).Select(one => $"{one.Value} × {one.Key}"))}");
}

/// <summary>Loads for a server.</summary>
internal static class Loop
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Closed loop: each of the connections sends its next letter as soon as its last was answered.</summary>
    public static async Task<Answers> ClosedAsync(Uri server, IReadOnlyList<Letter> letters, int connections)
    {
        var answers = new Answers(default, new int[letters.Count], new double[letters.Count]);
        var next = -1;
        var began = Clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendAsync()));
        return answers with { Took = Clock.GetElapsedTime(began) };

        async Task SendAsync()
        {
            using var line = new PostLine(server);
            for (var i = Interlocked.Increment(ref next); i < letters.Count; i = Interlocked.Increment(ref next))
            {
                var asked = Clock.GetTimestamp();
                answers.Statuses[i] = await line.SendAsync(letters[i].Request);
                answers.Milliseconds[i] = Clock.GetElapsedTime(asked).TotalMilliseconds;
            }
        }
    }

    /// <summary>
    /// Open loop: letters are due at an even pace, whatever becomes of those before them, and their waiting time runs from then, also
    /// while all connections are busy.
    /// </summary>
    /// <param name="write">Gives the next letter; a long load need not be held in memory.</param>
    public static async Task<Answers> OpenAsync(Uri server, int many, int perSecond, int connections, Func<int, Letter> write)
    {
        var answers = new Answers(default, new int[many], new double[many]);
        var due = Channel.CreateUnbounded<(int Index, Letter Letter, long Since)>(new UnboundedChannelOptions { SingleWriter = true });
        var began = Clock.GetTimestamp();
        var sending = Enumerable.Range(0, connections).Select(_ => SendAsync()).ToArray();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < many;)
        {
            await tick.WaitForNextTickAsync();
            for (var until = Math.Min(many, Clock.GetElapsedTime(began).TotalSeconds * perSecond); i < until; i++)
            {
                var letter = write(i);
                due.Writer.TryWrite((i, letter, Clock.GetTimestamp()));
            }
        }

        due.Writer.Complete();
        await Task.WhenAll(sending);
        return answers with { Took = Clock.GetElapsedTime(began) };

        async Task SendAsync()
        {
            using var line = new PostLine(server);
            await foreach (var (index, letter, since) in due.Reader.ReadAllAsync())
            {
                answers.Statuses[index] = await line.SendAsync(letter.Request);
                answers.Milliseconds[index] = Clock.GetElapsedTime(since).TotalMilliseconds;
            }
        }
    }
}
