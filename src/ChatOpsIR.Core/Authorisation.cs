using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>Who may do what. One pure function; whatever it does not name is refused.</summary>
public static class Authorisation
{
    /// <summary>The verbs that need the person's account resolved to a verified e-mail address.</summary>
    public static bool NeedsResolvedPerson(string verb) => verb is "close" or "release";

    /// <summary>Whether an account of this kind may command at all.</summary>
    public static Refusal? Kind(PersonKind? kind) => kind switch
    {
        PersonKind.Guest => new("guest", "Guests are recorded but may not command. Ask a member of the organisation to type it."),
        PersonKind.Bot => new("bot", "Bots are recorded but may not command."),
        PersonKind.Foreign => new("foreign", "Your account belongs to another organisation. It is recorded but may not command."),
        _ => null,
    };

    /// <summary>Private incidents exist only for those they involve, and for whoever is in their room.</summary>
    public static bool Sees(PersonId person, Incident incident, bool inItsRoom) => !incident.Private || inItsRoom || incident.Involves(person);

    /// <summary>Why a person may not; null when they may.</summary>
    /// <param name="resolved">The person as the platform vouches for them; null when it could not be asked in time.</param>
    public static Refusal? Refuses(PersonId person, Person? resolved, string verb, Incident incident)
    {
        if (NeedsResolvedPerson(verb) && resolved?.Email is null)
        {
            return new Refusal("unresolved", $"I could not confirm who you are, and `{verb}` needs that. Try again in a moment; if it stays so, check that your account has a confirmed e-mail address.");
        }

        return verb switch
        {
            "note" or "role" or "accept" or "status" or "who" => null,
            "severity" or "update" or "snooze" or "resolve" or "reopen" => incident.HasRole(person) || incident.DeclaredBy.Person == person ? null : NoRole(incident),
            "close" or "release" => IsInCharge(person, incident) ? null : NotInCharge(incident),
            _ => new Refusal("not-allowed", $"Nobody may `{verb}` here."),
        };
    }

    private static bool IsInCharge(PersonId person, Incident incident) =>
        incident.IsHeldBy(RoleId.Manager, person) || (incident.HoldersOf(RoleId.Manager).IsEmpty && incident.DeclaredBy.Person == person);

    private static Refusal NoRole(Incident incident) => new(
        "no-role", $"You do not have a role in {incident.Id}. Take one first: `/incident role investigator me`.");

    private static Refusal NotInCharge(Incident incident) => new(
        "not-in-charge", $"Only the Incident Manager of {incident.Id} may do that. `/incident who` shows who that is.");
}
