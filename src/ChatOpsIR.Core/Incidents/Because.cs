namespace ChatOpsIR.Core.Incidents;

/// <summary>The reasons for a refusal, each with what to do instead.</summary>
public static class Because
{
    public static readonly Refusal IncidentIsClosed = new(
        "closed", "This incident is closed. Type `/incident reopen` with a reason first.");

    public static readonly Refusal IncidentIsNotOpen = new(
        "not-open", "This incident is resolved. Type `/incident reopen` with a reason if it is not over.");

    public static readonly Refusal IncidentIsStillOpen = new(
        "still-open", "This incident is still open. Say how it was resolved first: `/incident resolve …`.");

    public static readonly Refusal NothingWasOffered = new(
        "not-offered", "No role is offered to you here. Take one yourself: `/incident role investigator me`.");

    public static readonly Refusal NoRoleToHandOver = new(
        "no-role-to-hand-over", "You hold no role here that you could hand over. Ask somebody to take one: `/incident role communications @someone`.");

    public static readonly Refusal SeveralRolesAreHeld = new(
        "several-roles", "You hold several roles. Say which one goes: `/incident handover communications @someone`.");

    public static readonly Refusal NobodyHoldsTheRole = new(
        "nobody-holds-it", "Nobody holds that role yet, so there is nothing to hand over. Offer it: `/incident role communications @someone`.");

    public static readonly Refusal SomebodyElseHoldsTheRole = new(
        "somebody-else-holds-it", "Only its holder or the Incident Manager hands a role over. `/incident who` shows who that is.");

    public static readonly Refusal NoSuchIncident = new(
        "no-such-incident", "There is no such incident. Type `/incident list` to see those that are open.");

    public static readonly Refusal DeclarationWasVoided = new(
        "voided", "The declaration took too long and was given up. Nothing was opened: declare it again with `/incident declare …`.");

    public static readonly Refusal SnoozeMustEndLater = new(
        "snooze-in-the-past", "A snooze ends in the future: `/incident snooze 30m waiting for the vendor`.");

    public static readonly Refusal SnoozeIsTooLong = new(
        "snooze-too-long", "An update can be put off by at most 4 hours at a time: `/incident snooze 4h waiting for the vendor`.");

    public static readonly Refusal SnoozeEndsTooSoon = new(
        "snooze-too-short", "No update is due before that anyway. Put it off for longer: `/incident snooze 2h waiting for the vendor`.");

    public static readonly Refusal RedactionTakesTwo = new(
        "redaction-takes-two", "Text leaves the record only if one person asks for it and another one approves it. Ask somebody else: `/incident who` shows who takes part.");

    public static readonly Refusal NothingToRedact = new(
        "nothing-to-redact", "The record holds no text of that. `/incident timeline` shows what it holds.");

    public static readonly Refusal RedactionsStay = new(
        "redactions-stay", "That is the record of a redaction, which stays: without it nobody could verify what was removed. `/incident timeline` shows what it holds.");

    public static readonly Refusal TextIsNeeded = new(
        "text-is-needed", "Something that was promised with that text is not done yet, such as opening the war room or telling people. Try again in a moment; `/incident timeline` shows whether it waits for a decision.");

    public static readonly Refusal TooMuchToRedact = new(
        "too-much-to-redact", "Too many entries hold that text to remove it from all of them at once. Ask for fewer messages at a time: `/incident timeline` shows which there are.");

    public static readonly Refusal NothingIsHeld = new(
        "not-held", "Nothing waits for that decision any more: somebody has answered it, or it went through. `/incident status` shows how things stand.");
}
