namespace ChatOpsIR.Playground;

/// <summary>How an event travels.</summary>
/// <param name="Happened">When the event happened.</param>
/// <param name="Late">How long after that it may arrive.</param>
/// <param name="OutOfOrder">It does not wait for the events before it.</param>
/// <param name="LostAnswers">How many of the bot's answers get lost on their way, so that the event is sent again.</param>
internal sealed record EventFate(DateTimeOffset Happened, TimeSpan Late, bool OutOfOrder, int LostAnswers);

internal enum CallOutcome
{
    Answered,

    /// <summary>The line is cut: not carried out, no answer.</summary>
    LostBefore,

    /// <summary>Carried out, no answer.</summary>
    LostAfter,

    RateLimited,

    /// <summary>A 5xx, not carried out.</summary>
    Broken,

    /// <summary><c>internal_error</c> for something that may have been carried out.</summary>
    InternalError,

    InternalErrorAfter,
}

/// <summary>How a call of the Web API ends.</summary>
/// <param name="Slow">How long the answer takes.</param>
/// <param name="RetryAfter">The wait that a 429 asks for, in seconds.</param>
internal sealed record CallFate(CallOutcome Outcome, TimeSpan Slow, int RetryAfter = 0)
{
    public bool IsCarriedOut => Outcome is CallOutcome.Answered or CallOutcome.LostAfter or CallOutcome.InternalErrorAfter;
}
