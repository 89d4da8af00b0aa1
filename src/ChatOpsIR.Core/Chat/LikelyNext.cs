using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Incidents.Verbs;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What somebody most likely wants to type now, by where they are, what they hold and how the incident stands.</summary>
internal static class LikelyNext
{
    private const int Most = 5;

    private static readonly Dictionary<RoleId, ImmutableArray<Verb>> ByRole = new()
    {
        [RoleId.Manager] = [ChangeSeverity.Verb, RecordDecision.Verb, StateImpact.Verb, AssignRole.Verb, HandOver.Verb, InvitePeople.Verb, ResolveIncident.Verb, CloseIncident.Verb],
        [RoleId.Communications] = [PostUpdate.Verb, SnoozeUpdate.Verb, StateImpact.Verb, AddNote.Verb, HandOver.Verb],
        [RoleId.Investigator] = [AddNote.Verb, RecordDecision.Verb, StateImpact.Verb, ResolveIncident.Verb, HandOver.Verb],
        [RoleId.Legal] = [AddNote.Verb, RecordDecision.Verb, ShowStatus.Verb, HandOver.Verb],
        [RoleId.Scribe] = [RecordDecision.Verb, AddNote.Verb, StateImpact.Verb, HandOver.Verb],
        [RoleId.ResponseTeam] = [ShowStatus.Verb, AssignRole.Verb, PostUpdate.Verb, AddNote.Verb],
    };

    private static readonly ImmutableArray<Verb> AnyRole = [ShowStatus.Verb, AddNote.Verb, RecordDecision.Verb, HandOver.Verb];

    /// <summary>The commands of a role, the most used first.</summary>
    public static ImmutableArray<Verb> Of(RoleId role) => ByRole.GetValueOrDefault(role, AnyRole);

    /// <param name="incident">Whose war room it is; null outside.</param>
    public static ImmutableArray<(string Command, string Help)> For(Incident? incident, PersonId who, Policy policy) => incident switch
    {
        { Exists: true } => [.. InRoom(incident, who, policy).DistinctBy(line => line.Command).Take(Most)],
        _ => [Line(DeclareIncident.Verb), Line(ListIncidents.Verb), ("status INC-42", ShowStatus.Verb.Help)],
    };

    private static IEnumerable<(string Command, string Help)> InRoom(Incident incident, PersonId who, Policy policy)
    {
        if (incident.Status is not Status.Closed && incident.Offers.LastOrDefault(offer => offer.Person == who) is { } offer)
        {
            yield return ($"accept {offer.Role}", $"Accept the role {policy.For(offer.Role).Title}: you were asked.");
        }

        var lines = incident.Status switch
        {
            Status.Closed => [Line(ReopenIncident.Verb), Line(AddNote.Verb), Line(ShowStatus.Verb)],
            Status.Resolved when incident.IsHeldBy(RoleId.Manager, who) => [Line(CloseIncident.Verb), Line(ReopenIncident.Verb), Line(AddNote.Verb), Line(ShowStatus.Verb)],
            Status.Resolved => [Line(AddNote.Verb), Line(ReopenIncident.Verb), Line(ShowPeople.Verb), Line(ShowStatus.Verb)],
            _ => Working(incident, who, policy),
        };
        foreach (var line in lines)
        {
            yield return line;
        }
    }

    private static IEnumerable<(string Command, string Help)> Working(Incident incident, PersonId who, Policy policy)
    {
        if (!incident.HasRole(who))
        {
            return [("role investigator me", "Take a role, and you may change things here."), Line(ShowStatus.Verb), Line(ShowPeople.Verb), Line(AddNote.Verb)];
        }

        var held = policy.Roles.Where(role => incident.IsHeldBy(role.Id, who)).SelectMany(role => Of(role.Id)).Where(verb => verb != CloseIncident.Verb).Select(Line);
        return incident.IsHeldBy(RoleId.Manager, who) ? [.. ManagersGaps(incident), .. held] : held;
    }

    // What the manager of a young incident has yet to do.
    private static IEnumerable<(string Command, string Help)> ManagersGaps(Incident incident)
    {
        if (incident.HoldersOf(RoleId.Communications).IsEmpty)
        {
            yield return ("role communications @someone", "Nobody keeps people told yet: ask somebody to be Communications Officer.");
            yield return Line(PostUpdate.Verb);
        }

        if (incident.Impact is null)
        {
            yield return Line(StateImpact.Verb);
        }
    }

    private static (string, string) Line(Verb verb) => (verb.Usage, verb.Help);
}
