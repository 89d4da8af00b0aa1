using System.Collections.Immutable;
using System.Diagnostics;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Organisation;

/// <summary>Who wants to be told of what. Folded from the stream <c>subscriptions</c>.</summary>
public sealed record SubscriptionBook
{
    /// <summary>In the order in which people subscribed.</summary>
    public ImmutableArray<Subscription> All { get; init; } = [];

    public Decision Subscribe(PersonId person, Topic topic) =>
        All.Contains(new Subscription(person, topic)) ? Decision.Nothing : Decision.Accept(new Subscribed(person, topic));

    /// <summary>Ends one subscription; <see cref="Topic.Everything"/> ends whatever the person is subscribed to.</summary>
    public Decision Unsubscribe(PersonId person, Topic topic) => Decision.Accept(
    [
        .. TopicsOf(person)
            .Where(known => known == topic || topic == Topic.Everything || (topic.Severity is not null && known.Severity is not null))
            .Select(known => new Unsubscribed(person, known)),
    ]);

    public ImmutableArray<Topic> TopicsOf(PersonId person) => [.. All.Where(one => one.Person == person).Select(one => one.Topic)];

    /// <summary>Why somebody hears of an incident; empty when they do not.</summary>
    public ImmutableArray<Topic> TopicsOf(PersonId person, Incident incident) => [.. TopicsOf(person).Where(topic => topic.Covers(incident))];

    /// <summary>Everybody who wants to hear of an incident, once each.</summary>
    public ImmutableArray<PersonId> SubscribersOf(Incident incident) =>
        [.. All.Where(one => one.Topic.Covers(incident)).Select(one => one.Person).Distinct()];

    public SubscriptionBook Apply(Fact fact) => fact switch
    {
        Subscribed { Topic.Severity: not null } e => this with
        {
            All = All.RemoveAll(one => one.Person == e.Person && one.Topic.Severity is not null).Add(new Subscription(e.Person, e.Topic)),
        },
        Subscribed e => this with { All = All.Remove(new Subscription(e.Person, e.Topic)).Add(new Subscription(e.Person, e.Topic)) },
        Unsubscribed e => this with { All = All.Remove(new Subscription(e.Person, e.Topic)) },
        _ => throw new UnreachableException($"SubscriptionBook was never taught about {fact.GetType().Name}."),
    };
}

public sealed record Subscription(PersonId Person, Topic Topic);
