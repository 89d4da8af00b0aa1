using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What subscribers are answered, asked and told.</summary>
public static class SubscriptionCards
{
    public static Card Subscribed(Topic topic, Incident? about, PersonId person, ImmutableArray<Topic> topics)
    {
        var opening = $"You are subscribed to {topic.Title}.";
        var card = Card.Of(
            opening,
            new Paragraph(Words.Of(new Strong(opening), " A summary comes to you in person when an incident is declared, gets worse, is resolved or reopened, and with every status update.")),
            new Aside(Mine(topics)));
        return about is { Private: true } && !about.Involves(person)
            ? card with { Parts = card.Parts.Add(new Paragraph(Words.Of($"{about.Id} is private: nothing about it is sent to you until you have a role in it. Ask for one, or take one: ", new Code($"/incident role investigator me {about.Id}"), "."))) }
            : card;
    }

    public static Card Unsubscribed(Topic topic, ImmutableArray<Topic> topics)
    {
        var opening = topic == Topic.Everything ? "You are subscribed to nothing any more." : $"You are not subscribed to {topic.Title}.";
        return topics.IsEmpty
            ? Card.Of(opening, new Paragraph(Words.Of(opening, " Subscribe again with ", new Code($"/incident subscribe {topic}"), ".")))
            : Card.Of(opening, new Paragraph(Words.Of(opening)), new Aside(Mine(topics)));
    }

    /// <summary>What somebody is subscribed to, with a button to end each.</summary>
    public static Card List(ImmutableArray<Topic> topics) => topics.IsEmpty
        ? Card.Of(
            "You are subscribed to nothing.",
            new Paragraph(Words.Of("You are subscribed to nothing. Try ", new Code("/incident subscribe sev:2"), ", or ", new Code("/incident subscribe all"), ".")))
        : Card.Of(Mine(topics), new Paragraph(Mine(topics)), new Buttons([.. topics.Take(5).Select(Stop)]));

    public static Form SubscribeForm(Policy policy) => new(
        Incidents.Verbs.Subscribe.Verb.Name,
        null,
        "Subscribe",
        "Subscribe",
        [
            new Field("text", "What do you want to hear of?", FieldKind.Choice, Value: Topic.AndUp(Severity.Sev2).ToString(),
                Hint: "A summary comes to you in person. For one incident alone, type /incident subscribe in its war room.",
                Choices:
                [
                    .. policy.Severities.SkipLast(1).Select(one => Topic.AndUp(one.Severity)).Select(topic => new Choice(topic.ToString(), topic.Title)),
                    new Choice(Topic.Everything.ToString(), "Every incident"),
                ]),
        ]);

    public static Form UnsubscribeForm(ImmutableArray<Topic> topics) => new(
        Incidents.Verbs.Unsubscribe.Verb.Name,
        null,
        "Unsubscribe",
        "Unsubscribe",
        [
            new Field("text", "What do you want to hear no more of?", FieldKind.Choice, Value: topics[0].ToString(), Choices:
            [
                .. topics.Take(90).Where(topic => topic != Topic.Everything).Select(topic => new Choice(topic.ToString(), topic.Title)),
                new Choice(Topic.Everything.ToString(), "Everything"),
            ]),
        ]);

    /// <summary>What a subscriber is told about a fact.</summary>
    /// <param name="by">Who brought the fact about.</param>
    /// <param name="because">What the person is subscribed to that covers the incident.</param>
    public static Card Summary(Incident incident, Fact fact, PersonId? by, ImmutableArray<Topic> because, Policy policy)
    {
        var sentence = FactSentence.Of(fact, by, policy);
        var severity = SeverityWords.Title(incident.Severity);
        var status = incident.Status is Status.Open ? SeverityWords.Title(incident.Phase) : SeverityWords.Title(incident.Status);
        var reason = $"You are subscribed to {string.Join(", ", because.Select(topic => topic.Title))}.";
        return Card.Of(
            Words.Of($"{incident.Id} {severity}: {incident.Title}. ").Then([.. sentence.Spans]),
            new Heading($"{incident.Id} {incident.Title}"),
            new Paragraph(sentence),
            new Facts(
            [
                new("Severity", Words.Of($"{severity}: {policy.For(incident.Severity).Meaning}")),
                new("Status", Words.Of(status)),
                new("Incident Manager", IncidentCards.People(incident.HoldersOf(RoleId.Manager))),
                new("Next update", Due.NextUpdate(incident, policy) is { } due ? Words.Of(new Moment(due)) : Words.Of("none due")),
            ]),
            new Aside(IncidentCards.Room(incident) is { } room ? Words.Of("War room: ", room, ". ", reason) : Words.Of(reason)),
            new Buttons([new Button("Show where it stands", incident.Id, "status"), .. because.Take(4).Select(Stop)]));
    }

    private static Button Stop(Topic topic) =>
        new(topic == Topic.Everything ? "Unsubscribe from everything" : $"Unsubscribe from {topic.Title}", topic.Incident, topic.Incident is null ? $"unsubscribe {topic}" : "unsubscribe");

    private static Words Mine(ImmutableArray<Topic> topics) => Words.Of(
        "You are subscribed to ", string.Join(", ", topics.Select(topic => topic.Title)), ". End it with ", new Code($"/incident unsubscribe {topics[^1]}"), ".");
}
