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
        said => new Reading.Order(new AcceptRole(said.Role, said.Who, said.Policy)));

    public override Decision Decide(Incident incident)
    {
        var offer = incident.Offers.LastOrDefault(offer => offer.Person == By && (Role is null || offer.Role == Role));
        return (incident, offer) switch
        {
            ({ Status: Status.Closed }, _) => Refuse(Because.IncidentIsClosed),
            (_, { } found) => Accept(new RoleAccepted(found.Role, By, Policy.For(found.Role).Exclusive)),
            _ when Role is { } role && incident.IsHeldBy(role, By) => Nothing,
            _ => Refuse(Because.NothingWasOffered),
        };
    }
}
