namespace ChatOpsIR.Core.Streams;

/// <summary>How the parts that wait for each other resume.</summary>
/// <param name="Completions">How a finished item wakes whoever waits for it.</param>
public sealed record Execution(TaskCreationOptions Completions)
{
    /// <summary>In a server: on the thread pool, so that a writer is not held up by those it wakes.</summary>
    public static readonly Execution Threaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>In a simulation: at once, on the one thread there is, so that the order can be replayed.</summary>
    public static readonly Execution Inline = new(TaskCreationOptions.None);
}
