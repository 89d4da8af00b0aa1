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
public sealed class ChatRateLimitedException(TimeSpan retryAfter) : ChatException($"The chat platform asks to wait {retryAfter}.", null)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
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
