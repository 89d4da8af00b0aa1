using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>Accepts a role that was offered.</summary>
/// <param name="Role">Null for the only one, or the last one, that was offered.</param>
public sealed record AcceptRole(RoleId? Role, PersonId By, Policy Policy) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "accept",
        "take",
        "accept communications",
        "Accept a role that was offered to you.",
        Takes.Role | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident)
    {
        var offer = incident.Offers.LastOrDefault(offer => offer.Person == By && (Role is null || offer.Role == Role));
        return (incident, offer) switch
        {
            ({ Status: Status.Closed }, _) => Refuse(Because.IncidentIsClosed),
            (_, { } found) => Accept(new RoleAccepted(found.Role, By, Policy.For(found.Role).Exclusive)),
            _ when HasIt(incident) => Nothing,
            _ => Refuse(Because.NothingWasOffered),
        };
    }

    public override Words AlreadySo(Incident incident)
    {
        var held = Policy.Roles.Where(role => incident.IsHeldBy(role.Id, By) && (Role is null || role.Id == Role)).ToArray();
        return Words.Of($"You are {string.Join(" and ", held.Select(role => role.Title))} of {incident.Id} already, and nothing else is offered to you. ",
            new Code($"/incident help {held.Select(role => role.Id).FirstOrDefault(RoleId.Manager)}"), " shows what that asks of you.");
    }

    private bool HasIt(Incident incident) => Role is { } role ? incident.IsHeldBy(role, By) : incident.HasRole(By);

    private static Reading Parse(Arguments said) => said.WantsForm
        ? new Reading.Fill(incident => Form(incident, said))
        : new Reading.Order(new AcceptRole(said.Role, said.Who, said.Policy));

    private static Form Form(Incident incident, Arguments said)
    {
        RoleId[] offered = [.. incident.Offers.Where(offer => offer.Person == said.Who).Select(offer => offer.Role)];
        var choices = AssignRole.RoleChoices(said.Policy).RemoveAll(choice => offered.Length > 0 && !offered.Contains(new RoleId(choice.Value)));
        return new Form(Verb.Name, incident.Id, "Accept a role", "Accept", [new Field("role", "Which role?", FieldKind.Choice, Value: choices[0].Value, Choices: choices)]);
    }
}
