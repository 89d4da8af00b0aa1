using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>What people wrote in a fact, word for word: what a redaction has to look for elsewhere.</summary>
public static class FreeText
{
    public static IReadOnlyList<string> Of(Fact fact) => fact switch
    {
        IncidentDeclared e => [e.Title, e.RoomName],
        RoomOpened e => [e.Name],
        SeverityChanged { Reason: { } reason } => [reason],
        DecisionRecorded e => [e.Text],
        ImpactStated { Affected: { } affected } e => [e.Text, affected],
        ImpactStated e => [e.Text],
        NoteAdded e => [e.Text],
        UpdatePosted e => [e.Text],
        UpdateSnoozed e => [e.Reason],
        IncidentResolved e => [e.Summary],
        IncidentClosed { Reason: { } reason } => [reason],
        IncidentReopened e => [e.Reason],
        Redacted e => [e.Reason],
        EffectFailed e => [e.Explanation],
        EffectHeld e => [e.Explanation],
        EffectDone { Explanation: { } explanation } => [explanation],
        _ => [],
    };
}
