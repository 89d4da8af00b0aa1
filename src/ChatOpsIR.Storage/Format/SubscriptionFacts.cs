using ChatOpsIR.Core.Organisation;

namespace ChatOpsIR.Storage.Format;

/// <summary>How the facts of the <c>subscriptions</c> stream are stored. Lines are added; old ones stay as they are.</summary>
internal static class SubscriptionFacts
{
    public static readonly FactFormat[] All =
    [
        new FactFormat<Subscribed>("subscribed", (data, _) => new Subscribed(data.Person("person"), Read(data)))
        {
            Data = (to, fact) => to.Person("person", fact.Person).Text("topic", fact.Topic.ToString()),
        },
        new FactFormat<Unsubscribed>("unsubscribed", (data, _) => new Unsubscribed(data.Person("person"), Read(data)))
        {
            Data = (to, fact) => to.Person("person", fact.Person).Text("topic", fact.Topic.ToString()),
        },
    ];

    private static Topic Read(FieldReader data) =>
        Topic.TryParse(data.Text("topic"), out var topic) ? topic : throw new FormatException("'topic' is nothing that one can subscribe to.");
}
