namespace ChatOpsIR.Core.Ports;

/// <summary>A chat platform did not do what it was asked.</summary>
public abstract class ChatException : Exception
{
    private protected ChatException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}

/// <summary>The platform wants us to wait. Nothing happened: the same call may be made again.</summary>
/// <param name="asked">What it asks for, or what is usual where it does not say.</param>
public sealed class ChatRateLimitedException(TimeSpan asked) : ChatException($"The chat platform asks to wait {asked}.", null)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// How long to wait: what the platform asks for, within reason. Whoever does not wait at all asks in a circle; whoever waits for
    /// days is told nothing when the platform changes its mind, and one that is asked too early says so again.
    /// </summary>
    public TimeSpan RetryAfter { get; } = asked < Shortest ? Shortest : asked > Longest ? Longest : asked;
}

/// <summary>No answer, or one that leaves open whether it happened: look before asking again.</summary>
public sealed class ChatOutcomeUnknownException(string message, Exception? inner = null) : ChatException(message, inner);

/// <summary>The platform refuses, and will refuse again until somebody changes something.</summary>
/// <param name="code">The platform's own word, such as <c>missing_scope</c>.</param>
/// <param name="explanation">One sentence: what failed and what to do.</param>
public sealed class ChatRefusedException(string code, string explanation) : ChatException($"{code}: {explanation}", null)
{
    public string Code { get; } = code;

    public string Explanation { get; } = explanation;
}

/// <summary>An earlier attempt may have succeeded and the platform does not let us look: only a human can tell.</summary>
public sealed class ChatCannotLookException(string code, string explanation) : ChatException($"{code}: {explanation}", null)
{
    public string Code { get; } = code;

    public string Explanation { get; } = explanation;
}
