using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Subscribes people and lets them go again. Every answer says what they are subscribed to now, so that a repeat is answered alike.</summary>
public sealed class Subscribing(IncidentStreams streams)
{
    /// <param name="about">The incident, when it is about one.</param>
    public async Task<Answer> SubscribeAsync(PersonId person, Topic topic, Incident? about, Stamp stamp, CancellationToken cancellationToken)
    {
        var settled = await SettleAsync("subscribe", book => book.Subscribe(person, topic), stamp, cancellationToken);
        return new Answer.Show(SubscriptionCards.Subscribed(topic, about, person, settled.State.TopicsOf(person)), Done: true);
    }

    public async Task<Answer> UnsubscribeAsync(PersonId person, Topic topic, Stamp stamp, CancellationToken cancellationToken)
    {
        var settled = await SettleAsync("unsubscribe", book => book.Unsubscribe(person, topic), stamp, cancellationToken);
        return new Answer.Show(SubscriptionCards.Unsubscribed(topic, settled.State.TopicsOf(person)), Done: true);
    }

    public async Task<ImmutableArray<Topic>> TopicsOfAsync(PersonId person, CancellationToken cancellationToken) =>
        (await streams.Subscriptions.ReadAsync(cancellationToken)).TopicsOf(person);

    private Task<Settled<SubscriptionBook>> SettleAsync(
        string verb, Func<SubscriptionBook, Decision> decide, Stamp stamp, CancellationToken cancellationToken) =>
        streams.Subscriptions.SettleAsync(new Order<SubscriptionBook>(stamp, verb, decide), cancellationToken);
}
