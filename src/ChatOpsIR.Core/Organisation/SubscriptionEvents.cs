using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Organisation;

/// <summary>What happens in the stream that says who wants to be told of what.</summary>
public abstract record SubscriptionEvent : Fact
{
    private protected SubscriptionEvent()
    {
    }
}

/// <summary>A person wants to be told. A severity takes the place of the one that they named before.</summary>
public sealed record Subscribed(PersonId Person, Topic Topic) : SubscriptionEvent;

public sealed record Unsubscribed(PersonId Person, Topic Topic) : SubscriptionEvent;
