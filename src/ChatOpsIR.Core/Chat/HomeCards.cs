using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>One person's own page: what waits for them, and the open incidents that they have a part in.</summary>
public static class HomeCards
{
    /// <summary>An update that is due within this time waits for whoever posts it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <param name="involving">The open incidents that involve the person.</param>
    public static Card Of(PersonId person, IReadOnlyList<Incident> involving, DateTimeOffset at, Policy policy)
    {
        ImmutableArray<CardPart> waiting = [.. involving.SelectMany(incident => Waiting(incident, person, at, policy))];
        Incident[] mine = [.. involving.Where(incident => incident.HasRole(person) || incident.DeclaredBy.Person == person)];
        return Card.Of(
            "Your incidents",
            [
                new Buttons([new Button("Declare an incident", null, "declare", ButtonStyle.Primary), new Button("List open incidents", null, "list")]),
                new Heading("Waiting for you"),
                .. waiting.IsEmpty ? [new Paragraph(Words.Of("Nothing waits for you."))] : waiting,
                new Divider(),
                new Heading("Your incidents"),
                .. mine.Length == 0
                    ? [new Paragraph(Words.Of("You have no part in an open incident. Take one with ", new Code("/incident role INC-42 investigator me"), "."))]
                    : mine.SelectMany(incident => Mine(incident, person, policy)),
                new Aside(Words.Of("It is drawn when you open it or act on it. Open this page again to see it as it is then.")),
            ]);
    }

    private static IEnumerable<CardPart> Waiting(Incident incident, PersonId person, DateTimeOffset at, Policy policy)
    {
        foreach (var offer in incident.Offers.Where(offer => offer.Person == person))
        {
            yield return new Paragraph(Words.Of("You are asked to be ", new Strong(policy.For(offer.Role).Title), $" of {incident.Id} {incident.Title}, since ", new Moment(offer.At), "."));
            yield return new Buttons([new Button("Accept the role", incident.Id, $"accept {offer.Role}", ButtonStyle.Primary)]);
        }

        if (Due.NextUpdate(incident, policy) is { } due && due <= at + Soon && KeepsUpdates(incident, person))
        {
            yield return new Paragraph(Words.Of(new Strong(due <= at ? "Overdue" : "Due soon"), $" A status update of {incident.Id} {incident.Title}: ", new Moment(due), "."));
            yield return new Buttons([new Button("Post update", incident.Id, "update", ButtonStyle.Primary), new Button("Put it off with a reason", incident.Id, "snooze")]);
        }

        if (incident.Status is Status.Resolved && incident.IsHeldBy(RoleId.Manager, person))
        {
            yield return new Paragraph(Words.Of($"{incident.Id} {incident.Title} is resolved and waits to be closed."));
            yield return new Buttons([new Button("Close", incident.Id, "close", ButtonStyle.Primary)]);
        }
    }

    private static bool KeepsUpdates(Incident incident, PersonId person) =>
        incident.IsHeldBy(RoleId.Communications, person) || incident.IsHeldBy(RoleId.Manager, person);

    private static IEnumerable<CardPart> Mine(Incident incident, PersonId person, Policy policy)
    {
        var head = Words.Of(new Strong($"{incident.Id} {SeverityWords.Title(incident.Severity)}"), " ", incident.Title, "\n", Part(incident, person, policy));
        var told = IncidentCards.Room(incident) is { } room ? head.Then(" in ", room) : head;
        yield return new Paragraph(Due.NextUpdate(incident, policy) is { } due
            ? told.Then(". Next update ", new Moment(due))
            : told.Then($". {SeverityWords.Title(incident.Status)}"));
        yield return new Buttons([new Button("Show where it stands", incident.Id, "status"), new Button("Timeline", incident.Id, "timeline")]);
    }

    private static string Part(Incident incident, PersonId person, Policy policy)
    {
        var roles = policy.Roles.Where(role => incident.IsHeldBy(role.Id, person)).Select(role => role.Title).ToArray();
        return roles.Length > 0 ? $"You are {string.Join(" and ", roles)}" : "You declared it";
    }
}
