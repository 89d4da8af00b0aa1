using System.Collections.Immutable;
using System.Globalization;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>One sentence per fact: what the war room is told, what the person who acted is answered, what the timeline shows.</summary>
public static class FactSentence
{
    /// <param name="by">Who did it; null when nobody in particular did.</param>
    /// <param name="read">A platform's markup to words; without it, what was said stands as it came.</param>
    /// <param name="promised">Finds the effect that a key names; without it, its key stands for it.</param>
    public static Words Of(
        Fact fact, PersonId? by, Policy policy, Func<string, Words>? read = null, Func<EffectKey, Effect?>? promised = null) => fact switch
    {
        IncidentDeclared e => Words.Of(Subject(by), " declared ", new Strong($"{SeverityWords.Title(e.Severity)}: {e.Title}"), "."),
        IncidentVoided => Words.Of("The declaration was given up."),
        RoomOpened e => Words.Of("The war room ", new RoomLink(e.Room, e.Name), " is open."),
        SeverityChanged e => Words.Of(
            Subject(by), " changed the severity from ", SeverityWords.Title(e.From), " to ", new Strong(SeverityWords.Title(e.To)), Because(e.Reason)),
        RoleOffered e => Words.Of(Subject(by), " asked ", new Mention(e.Person), " to be ", new Strong(policy.For(e.Role).Title), "."),
        RoleAccepted e => Words.Of(new Mention(e.Person), " is now ", new Strong(policy.For(e.Role).Title), "."),
        HandoverOffered e when e.From == by => Words.Of(Subject(by), " asked ", new Mention(e.To), " to take over as ", new Strong(policy.For(e.Role).Title), "."),
        HandoverOffered e => Words.Of(
            Subject(by), " asked ", new Mention(e.To), " to take over as ", new Strong(policy.For(e.Role).Title), " from ", new Mention(e.From), "."),
        PeopleInvited e => Words.Of(Subject(by), " invited ").Then([.. Words.Join(", ", e.People.Select(person => new Mention(person))).Spans, " into the war room."]),
        DecisionRecorded e when e.DecidedBy == by => Words.Of(new Strong("Decision"), " by ", Subject(by), ": ", e.Text),
        DecisionRecorded e => Words.Of(new Strong("Decision"), " by ", new Mention(e.DecidedBy), ", as ", Subject(by), " wrote down: ", e.Text),
        ImpactStated e => Words.Of(new Strong("Impact"), ", says ", Subject(by), ": ", e.Text, e.Affected is { } affected ? $"\nAffected: {affected}" : ""),
        NoteAdded e => Words.Of(Subject(by), " noted: ", e.Text),
        UpdatePosted e => Words.Of(new Strong("Status update"), " by ", Subject(by), ":\n", e.Text),
        UpdateSnoozed e => Words.Of(Subject(by), " put the next update off until ", new Moment(e.Until), Because(e.Reason)),
        IncidentResolved e => Words.Of(Subject(by), " ", new Strong("resolved"), " the incident: ", e.Summary),
        IncidentClosed e => Words.Of(Subject(by), " ", new Strong("closed"), " the incident", Because(e.Reason)),
        IncidentReopened e => Words.Of(Subject(by), " ", new Strong("reopened"), " the incident: ", e.Reason),
        Redacted e => Words.Of(
            new Strong("Removed from the record"), ": the text of ", Entries(e.Versions), ", as ", new Mention(e.RequestedBy), " asked and ", new Mention(e.ApprovedBy), " approved",
            Because(e.Reason)),
        ReminderFired e => Reminder(e, policy),
        EffectStarted e => Words.Of("Attempt ", e.Attempt.ToString(CultureInfo.InvariantCulture), " at ", e.Effect.ToString(), " began."),
        EffectFailed e => Words.Of(new Strong("Not done: "), e.Explanation, " (", new Code(e.Code), ")"),
        EffectHeld e => Words.Of(new Strong("Not sure whether it was done: "), e.Explanation, " Look, then choose."),
        EffectReleased => Words.Of(Subject(by), " looked and wants it tried again."),
        SubscribersTold e => Subscribers(e),
        EffectDone { Explanation: { } explanation } => Words.Of(explanation),
        EffectDone e when promised?.Invoke(e.Effect) is { } effect => EffectSentence.Done(effect, policy),
        EffectDone e => Words.Of(e.Effect.ToString(), " is done."),
        ChatRecord e => ChatSentence.Of(e, read ?? (text => Words.Of(text))),
        _ => Words.Of(fact.GetType().Name),
    };

    private static Words Reminder(ReminderFired e, Policy policy) => e.Kind switch
    {
        ReminderKind.Update => Words.Of("The status update was due ", new Moment(e.DueAt), ".", Missed(e)),
        ReminderKind.Escalation => Words.Of("The status update is late; the backup is called, as of ", new Moment(e.DueAt), ".", Missed(e)),
        ReminderKind.Acceptance => Words.Of(
            "The role ", new Strong(e.Role is { } role ? policy.For(role).Title : "offered"), " has not been accepted since it was offered."),
        _ => Words.None,
    };

    private static Words Subscribers(SubscribersTold e)
    {
        var told = e.ToldInAll switch
        {
            0 when e.NotToldInAll is 0 => Words.Of("Nobody is subscribed to this."),
            0 => Words.Of("No subscriber was told."),
            1 => Words.Of("Told one subscriber in person."),
            var many => Words.Of(string.Create(CultureInfo.InvariantCulture, $"Told {many} subscribers in person.")),
        };
        if (e.NotToldInAll is 0)
        {
            return told;
        }

        var missing = e.NotTold.Take(5).SelectMany(one => (Span[])[" ", new Mention(one.Person), " (", new Code(one.Code), ")"]);
        return told.Then([" Not told:", .. missing, e.NotToldInAll > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {e.NotToldInAll - 5} more.") : "."]);
    }

    private static string Entries(ImmutableArray<long> versions) => versions.Length switch
    {
        1 => $"entry {versions[0]}",
        <= 10 => $"the entries {string.Join(", ", versions)}",
        var many => $"{many} entries",
    };

    private static Span Missed(ReminderFired e) => e.MissedInAll switch
    {
        0 => "",
        1 => " One reminder before it was missed.",
        var many => string.Create(CultureInfo.InvariantCulture, $" {many} reminders before it were missed."),
    };

    private static Span Subject(PersonId? by) => by is { } person ? new Mention(person) : "ChatOpsIR";

    private static Span Because(string? reason) => reason is null or "" ? "." : $": {reason}";
}
