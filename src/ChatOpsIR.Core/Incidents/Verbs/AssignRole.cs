using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>
/// Offers a role to someone. The holder keeps it until the offer is accepted; taking a role oneself accepts it at once, whoever holds it:
/// they may be out of reach (decision 0009).
/// </summary>
public sealed record AssignRole(RoleId Role, PersonId Person, PersonId By, bool Exclusive) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "role",
        "assign",
        "role communications @someone",
        "Hand a role to someone: they are asked by direct message and hold it once they accept.",
        Takes.Role | Takes.People | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident) => incident switch
    {
        { Status: Status.Closed } => Refuse(Because.IncidentIsClosed),
        _ when incident.IsHeldBy(Role, Person) => Nothing,
        _ when Person == By => Accept(new RoleAccepted(Role, Person, Exclusive)),
        _ when incident.Offers.Any(offer => offer.Role == Role && offer.Person == Person) => Nothing,
        _ => Accept(new RoleOffered(Role, Person)),
    };

    public override Words AlreadySo(Incident incident) => incident.IsHeldBy(Role, Person)
        ? Words.Of(new Mention(Person), " has that role already. ", new Code($"/incident who {incident.Id}"), " shows who does what.")
        : Words.Of(new Mention(Person), " is asked already and has not answered. They accept with ", new Code($"/incident accept {Role}"), "; you can ask somebody else meanwhile.");

    private static Reading Parse(Arguments said) => (said.Role, said.Person) switch
    {
        (var role, null) when AcceptRole.Verb.Answers(said.Text) => new Reading.Unclear(
            $"To accept a role that was offered to you, leave the first word out: `/incident accept{(role is null ? "" : $" {role}")}`.", "people"),
        ({ }, { }) when said.People.Distinct().Skip(1).Any() => new Reading.Unclear("Name one person at a time, so that each is asked: `/incident role investigator @someone`.", "people"),
        ({ } role, { } person) => new Reading.Order(new AssignRole(role, person, said.Who, said.Policy.For(role).Exclusive)),
        ({ } role, null) when said.Text is not "" => new Reading.Unclear(
            $"{PlainText.Quote(said.Text)} is no mention. Pick the person with @: `/incident role {role.Value} @someone`.", "people"),
        (null, _) when said.Text is not "" => new Reading.Unclear(
            $"There is no role {PlainText.Quote(said.Text)}. The roles are: {RoleWords(said.Policy)}. Try `/incident role communications @someone`.", "role"),
        _ => new Reading.Fill(incident => Form(incident, said)),
    };

    internal static ImmutableArray<Choice> RoleChoices(Policy policy) => [.. policy.Roles.Select(role => new Choice(role.Id.Value, role.Title))];

    private static string RoleWords(Policy policy) => string.Join(", ", policy.Roles.Select(role => role.Id.Value));

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "Hand over a role",
        "Offer the role",
        [
            new Field("role", "Which role?", FieldKind.Choice, Value: said.Role?.Value, Choices: RoleChoices(said.Policy)),
            new Field("people", "To whom?", FieldKind.People, Value: said.Person?.ToString(), Hint: "They are asked, and hold the role once they accept."),
        ]);
}
