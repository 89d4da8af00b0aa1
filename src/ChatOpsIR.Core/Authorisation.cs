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
        null or PersonKind.Member => null,
        PersonKind.Guest => new("guest", "Guests are recorded but may not command. Ask a member of the organisation to type it; `/incident help` shows what there is."),
        PersonKind.Bot => new("bot", "Bots are recorded but may not command. Have a person type it; `/incident help` shows what there is."),
        PersonKind.Foreign => new("foreign", "Your account belongs to another organisation: it is recorded but may not command. Ask one of its members to type it; `/incident help` shows what there is."),
        _ => new("unknown", "Your account is not known here, so it may not command. Ask a member of the organisation to type it; `/incident help` shows what there is."),
    };

    /// <summary>
    /// What may be done while nobody can say what kind of account somebody has. Declaring never waits; beyond that, only those whom the
    /// incident involves already go on.
    /// </summary>
    /// <param name="incident">Null when it is about none.</param>
    public static Refusal? WhileNobodyVouches(PersonId person, string verb, Incident? incident) =>
        verb is "declare" or "unsubscribe" || incident?.Involves(person) == true
            ? null
            : new Refusal("nobody-vouches", "I could not confirm just now that you are a member of the organisation. Try again in a moment; `/incident help` works meanwhile.");

    /// <summary>Whether somebody may be given a part in an incident.</summary>
    /// <param name="person">Null while nobody can say what kind of account it is.</param>
    /// <param name="named">What to call them.</param>
    public static Refusal? TakingPart(Person? person, string named, bool isPrivate) => person?.Kind switch
    {
        PersonKind.Member => null,
        null when !isPrivate => null,
        null => new("nobody-vouches", $"I could not confirm just now that {named} is a member of the organisation, and this incident is private. Try again in a moment; `/incident who` shows who takes part already."),
        PersonKind.Guest => new("guest-named", $"{named} is a guest here, and only members of the organisation are named in commands. Name a member: `/incident who` shows who takes part. A guest who should read along is added to the room by hand."),
        PersonKind.Bot => new("bot-named", $"{named} is a bot or a closed account. Name a person who is a member of the organisation: `/incident role investigator @someone`."),
        PersonKind.Foreign => new("foreign-named", $"{named} belongs to another organisation, and only members of this one are named in commands: `/incident who` shows who takes part."),
        _ => new("unknown-named", $"{named} is not known here. Pick the person with @: `/incident role investigator @someone`."),
    };

    /// <summary>Private incidents exist only for those they involve, and for whoever is in their room.</summary>
    public static bool Sees(PersonId person, Incident incident, bool inItsRoom) => !incident.Private || inItsRoom || incident.Involves(person);

    /// <summary>
    /// Why a person may not; null when they may. The roles are those of the organisation's policy: it makes the Incident Manager answer
    /// for the whole response, and the holders of the other roles for their part of it.
    /// <list type="bullet">
    /// <item>Whoever sees an incident may read it, note what they saw and take or offer a role: the policy wants findings written down
    /// and everybody reachable who can help.</item>
    /// <item>What speaks for the response (severity, impact, decisions, updates, its end) is said by those who take part in it.</item>
    /// <item>A role is handed over by those who take part; that it is one's own, or that one manages, is the order's own rule.</item>
    /// <item>Asking people into a public incident's room is harmless. A private one is private because the policy restricts access
    /// during containment: its circle is widened by those who take part in it.</item>
    /// <item>Ending it for good, and repeating what may have happened already, is the Incident Manager's alone.</item>
    /// </list>
    /// </summary>
    /// <param name="resolved">The person as the platform vouches for them; null when it could not be asked in time.</param>
    public static Refusal? Refuses(PersonId person, Person? resolved, string verb, Incident incident)
    {
        if (NeedsResolvedPerson(verb) && resolved?.Email is null)
        {
            return new Refusal("unresolved", $"I could not confirm who you are, and `{verb}` needs that. Try again in a moment; if it stays so, check that your account has a confirmed e-mail address. `/incident note …` works meanwhile.");
        }

        return verb switch
        {
            "note" or "role" or "accept" or "status" or "who" or "catchup" or "timeline" or "subscribe" or "unsubscribe" => null,
            "invite" when !incident.Private => null,
            "severity" or "impact" or "decide" or "handover" or "invite" or "update" or "snooze" or "resolve" or "reopen" => incident.HasRole(person) || incident.DeclaredBy.Person == person ? null : NoRole(incident),
            "close" or "release" => IsInCharge(person, incident) ? null : NotInCharge(incident),
            _ => new Refusal("not-allowed", $"Nobody may `{verb}` here. `/incident help` shows what can be done."),
        };
    }

    private static bool IsInCharge(PersonId person, Incident incident) =>
        incident.IsHeldBy(RoleId.Manager, person) || (incident.HoldersOf(RoleId.Manager).IsEmpty && incident.DeclaredBy.Person == person);

    private static Refusal NoRole(Incident incident) => new(
        "no-role", $"You do not have a role in {incident.Id}. Take one first: `/incident role investigator me {incident.Id}`.");

    private static Refusal NotInCharge(Incident incident) => new(
        "not-in-charge", $"Only the Incident Manager of {incident.Id} may do that. `/incident who` shows who that is.");
}
