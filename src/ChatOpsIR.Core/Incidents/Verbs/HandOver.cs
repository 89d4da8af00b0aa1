using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>
/// Hands a role over with a brief: how things stand is told to the room and to whoever shall take over, and the old holder stays
/// responsible until the role is accepted, so that nobody is in charge of nothing in between.
/// </summary>
/// <param name="Role">Null for the role that the speaker holds; the Incident Manager's before any other.</param>
public sealed record HandOver(RoleId? Role, PersonId To, PersonId By, Policy Policy) : IncidentCommand
{
    public static readonly Verb Verb = new(
        "handover",
        "relieve",
        "handover @someone",
        "Hand your role over with a brief of how things stand. You hold it until they accept.",
        Takes.Role | Takes.People | Takes.Incident,
        Parse);

    public override Decision Decide(Incident incident)
    {
        if (incident.Status is Status.Closed)
        {
            return Refuse(Because.IncidentIsClosed);
        }

        if (RoleMeant(incident) is not { } role)
        {
            return Refuse(incident.HasRole(By) ? Because.SeveralRolesAreHeld : Because.NoRoleToHandOver);
        }

        return GiverOf(incident, role) switch
        {
            null => Refuse(incident.HoldersOf(role).IsEmpty ? Because.NobodyHoldsTheRole : Because.SomebodyElseHoldsTheRole),
            _ when incident.IsHeldBy(role, To) => Nothing,
            { } giver when incident.Offers.Any(offer => offer.Role == role && offer.Person == To && offer.From == giver) => Nothing,
            { } giver => Accept(new HandoverOffered(role, giver, To)),
        };
    }

    public override Words AlreadySo(Incident incident) => RoleMeant(incident) switch
    {
        { } role when incident.IsHeldBy(role, To) => Words.Of(
            new Mention(To), " is ", new Strong(Policy.For(role).Title), $" of {incident.Id} already. Name somebody else: ", new Code($"/incident handover {role} @someone"), "."),
        { } role => Words.Of(
            new Mention(To), " is asked already and has not answered. Until then the role ", new Strong(Policy.For(role).Title), " stays where it is: ", new Code("/incident who"), " shows where."),
        _ => base.AlreadySo(incident),
    };

    private RoleId? RoleMeant(Incident incident)
    {
        if (Role is not null || incident.IsHeldBy(RoleId.Manager, By))
        {
            return Role ?? RoleId.Manager;
        }

        return Policy.Roles.Where(role => incident.IsHeldBy(role.Id, By)).Select(role => role.Id).ToArray() is [var only] ? only : null;
    }

    // Whoever holds the role gives it. The Incident Manager may also give away what one other person holds: people fall asleep.
    private PersonId? GiverOf(Incident incident, RoleId role) => incident.HoldersOf(role) switch
    {
        var holders when holders.Contains(By) => By,
        [var only] when incident.IsHeldBy(RoleId.Manager, By) => only,
        _ => null,
    };

    private static Reading Parse(Arguments said) => said.People.Distinct().ToArray() switch
    {
        [_, _, ..] => new Reading.Unclear("Name the one person who takes over: `/incident handover @someone`.", "people"),
        [var person] => new Reading.Order(new HandOver(said.Role, person, said.Who, said.Policy)),
        _ when said.Text is not "" => new Reading.Unclear(
            $"{PlainText.Quote(said.Text)} is neither a role nor a mention. Pick the person with @: `/incident handover {said.Role ?? RoleId.Manager} @someone`.", "people"),
        _ => new Reading.Fill(incident => Form(incident, said)),
    };

    private static Form Form(Incident incident, Arguments said) => new(
        Verb.Name,
        incident.Id,
        "Hand over your role",
        "Hand over",
        [
            new Field("role", "Which role?", FieldKind.Choice, Value: (said.Role ?? FirstHeld(incident, said))?.Value, Choices: AssignRole.RoleChoices(said.Policy)),
            new Field("people", "To whom?", FieldKind.Person, Hint: "They get a brief of how things stand. You hold the role until they accept."),
        ]);

    private static RoleId? FirstHeld(Incident incident, Arguments said) =>
        said.Policy.Roles.Where(role => incident.IsHeldBy(role.Id, said.Who)).Select(role => (RoleId?)role.Id).FirstOrDefault();
}
