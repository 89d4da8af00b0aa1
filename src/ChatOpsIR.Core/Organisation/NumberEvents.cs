using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Organisation;

/// <summary>What happens in the stream that hands out incident numbers.</summary>
public abstract record NumberEvent : Fact
{
    private protected NumberEvent()
    {
    }
}

/// <param name="Words">The keyed hash of the words that declared it, so that the same words by the same person find it again.</param>
public sealed record IncidentNumbered(int Number, string Words) : NumberEvent;

/// <summary>The number came to nothing: its stream begins with <see cref="Incidents.IncidentVoided"/>.</summary>
public sealed record NumberVoided(int Number) : NumberEvent;
