using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>The icon of a fact, and the tone where the look gives it one.</summary>
internal static class FactLook
{
    public static (string Icon, string Tone) Of(Fact fact) => fact switch
    {
        IncidentDeclared or IncidentReopened => ("flag", "s1"),
        SeverityChanged => ("pulse", "s1"),
        ImpactStated => ("pulse", ""),
        UpdatePosted => ("megaphone", "accent"),
        SubscribersTold => ("megaphone", ""),
        UpdateSnoozed or ReminderFired => ("clock", ""),
        RoomOpened => ("hash", ""),
        RoleOffered or RoleAccepted or HandoverOffered or PeopleInvited => ("person", ""),
        NoteAdded => ("pencil", ""),
        DecisionRecorded or IncidentResolved or IncidentClosed => ("check", ""),
        Redacted => ("hidden", ""),
        EffectFailed or EffectHeld => ("warn", "s3"),
        EffectStarted or EffectDone or EffectReleased => ("list", ""),
        ChatRecord chat => chat.Kind switch
        {
            ChatKind.ReactionAdded or ChatKind.ReactionRemoved => ("smile", ""),
            ChatKind.MemberJoined or ChatKind.MemberLeft => ("person", ""),
            ChatKind.PinAdded or ChatKind.PinRemoved => ("pin", ""),
            _ => ("hash", ""),
        },
        _ => ("dot", ""),
    };
}
