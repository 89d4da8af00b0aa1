using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Policies;

namespace ChatOpsIR.Core.Incidents;

/// <summary>Severities, phases and states as people read and type them.</summary>
public static partial class SeverityWords
{
    /// <summary><c>SEV1</c>.</summary>
    public static string Title(Severity severity) => string.Create(CultureInfo.InvariantCulture, $"SEV{(int)severity}");

    /// <summary><c>sev1</c>, which can be typed.</summary>
    public static string Code(Severity severity) => string.Create(CultureInfo.InvariantCulture, $"sev{(int)severity}");

    /// <summary>Whether a word is meant as a severity, also one that does not exist, such as <c>sev9</c>.</summary>
    public static bool LooksLikeOne(string word) => Meant().IsMatch(word);

    public static ImmutableArray<Choice> Choices(Policy policy) =>
        [.. policy.Severities.Select(s => new Choice(Code(s.Severity), Title(s.Severity), s.Meaning))];

    public static string Title(Phase phase) => phase switch
    {
        Phase.Detection => "Detection and analysis",
        Phase.Containment => "Containment",
        Phase.Eradication => "Eradication and remediation",
        Phase.Recovery => "Recovery",
        Phase.Review => "Post-incident review",
        _ => phase.ToString(),
    };

    public static string Title(Status? status) => status switch
    {
        Status.Open => "Open",
        Status.Resolved => "Resolved",
        Status.Closed => "Closed",
        Status.Voided => "Voided",
        _ => "Not declared",
    };

    /// <summary>"30 min", "4 h".</summary>
    public static string Span(TimeSpan span) => span.TotalMinutes switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
    };

    [GeneratedRegex("^(?:sev|severity)(?:[:=]|[:=-]?(?:sev)?[0-9]+$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meant();
}
