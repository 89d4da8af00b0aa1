using System.Diagnostics.CodeAnalysis;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Organisation;

/// <summary>What somebody may want to be told of: one incident, a severity and whatever is worse, or everything.</summary>
/// <param name="Incident">Set for one incident.</param>
/// <param name="Severity">Set for a severity and up. With neither, it is everything.</param>
public readonly record struct Topic(IncidentId? Incident, Severity? Severity)
{
    public static readonly Topic Everything = new(null, null);

    public static Topic Of(IncidentId incident) => new(incident, null);

    public static Topic AndUp(Severity severity) => new(null, severity);

    public bool Covers(Incident incident) => this switch
    {
        { Incident: { } one } => one == incident.Id,
        { Severity: { } severity } => incident.Severity <= severity,
        _ => true,
    };

    /// <summary>In the middle of a sentence: "SEV2 and up".</summary>
    public string Title => this switch
    {
        { Incident: { } one } => one.ToString(),
        { Severity: Incidents.Severity.Sev1 } => SeverityWords.Title(Incidents.Severity.Sev1),
        { Severity: { } severity } => $"{SeverityWords.Title(severity)} and up",
        _ => "every incident",
    };

    /// <summary>As it is typed and stored: <c>INC-42</c>, <c>sev2</c>, <c>all</c>.</summary>
    public override string ToString() => this switch
    {
        { Incident: { } one } => one.ToString(),
        { Severity: { } severity } => SeverityWords.Code(severity),
        _ => "all",
    };

    /// <summary>Reads what <see cref="ToString"/> writes, and what people type for it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Topic topic)
    {
        topic = Everything;
        if (text is null)
        {
            return false;
        }

        if (IncidentId.TryParse(text, out var incident))
        {
            topic = Of(incident);
            return true;
        }

        if (VerbParser.SeverityOf(text) is { } severity)
        {
            topic = AndUp(severity);
            return true;
        }

        return text.ToUpperInvariant() is "ALL" or "EVERYTHING";
    }
}
