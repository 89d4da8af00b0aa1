using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Organisation;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Asks for summaries in person.</summary>
public static class Subscribe
{
    public static readonly Verb Verb = new(
        "subscribe",
        "follow",
        "subscribe sev:2",
        "Get a summary in person with every status update: of this incident, of a severity and up (sev:2), or of all. “subscribe list” shows what you have.",
        Takes.Severity | Takes.Incident,
        Parse);

    private static Reading Parse(Arguments said) => said.Text.Equals("list", StringComparison.OrdinalIgnoreCase)
        ? new Reading.Subscription(SubscriptionAct.List, null)
        : Of(said, SubscriptionAct.Subscribe, "Say what you want to hear of: `/incident subscribe sev:2`, `/incident subscribe INC-42` or `/incident subscribe all`.");

    internal static Reading Of(Arguments said, SubscriptionAct act, string otherwise) => said switch
    {
        { Severity: { } severity, Text: "" } => new Reading.Subscription(act, Topic.AndUp(severity)),
        { Text: "" } => new Reading.Subscription(act, null),
        _ when Topic.TryParse(said.Text, out var topic) => new Reading.Subscription(act, topic),
        _ => new Reading.Unclear(otherwise, "text"),
    };
}

/// <summary>Ends what <see cref="Subscribe"/> began.</summary>
public static class Unsubscribe
{
    public static readonly Verb Verb = new(
        "unsubscribe",
        "unfollow",
        "unsubscribe all",
        "Get no more summaries: of this incident, of a severity (sev:2), or of all.",
        Takes.Severity | Takes.Incident,
        said => Subscribe.Of(said, SubscriptionAct.Unsubscribe, "Say what you want to hear no more of: `/incident unsubscribe sev:2`, `/incident unsubscribe INC-42` or `/incident unsubscribe all`."));
}
