using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Core.Policies;

/// <summary>The incident response policy as data: who does what, how bad is bad, and how often people are told.</summary>
/// <param name="Name">Names this text of the policy in the record of every incident that follows it.</param>
/// <param name="AcceptWithin">How long an offered role may stay unanswered before somebody is told.</param>
public sealed record Policy(
    string Name,
    ImmutableArray<RolePolicy> Roles,
    ImmutableArray<SeverityPolicy> Severities,
    Severity DefaultSeverity,
    TimeSpan AcceptWithin)
{
    public SeverityPolicy For(Severity severity) => Severities.First(s => s.Severity == severity);

    public RolePolicy For(RoleId role) => FindRole(role.Value) ?? new RolePolicy(role, role.Value, "", Exclusive: false, []);

    /// <summary>Finds a role by its short name, one of its other names, or its title, in any letter case.</summary>
    public RolePolicy? FindRole(string word) => Roles.FirstOrDefault(role => role.Answers(word));
}

/// <param name="Title">As people say it: "Incident Manager".</param>
/// <param name="Duty">What the role asks of its holder, in one or two sentences.</param>
/// <param name="Exclusive">One holder at a time.</param>
/// <param name="OtherNames">What else people type for it.</param>
public sealed record RolePolicy(RoleId Id, string Title, string Duty, bool Exclusive, ImmutableArray<string> OtherNames)
{
    internal bool Answers(string word) =>
        string.Equals(Id.Value, word, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(Title, word, StringComparison.OrdinalIgnoreCase) ||
        OtherNames.Contains(word, StringComparer.OrdinalIgnoreCase);
}

/// <param name="Meaning">When to choose it, in a few words.</param>
/// <param name="Cadence">How long after a status update the next one is due.</param>
/// <param name="Grace">How late an update may be before the backup is called.</param>
/// <param name="Backup">The roles that are called then, the first one that somebody holds.</param>
public sealed record SeverityPolicy(
    Severity Severity,
    string Meaning,
    TimeSpan Cadence,
    TimeSpan Grace,
    ImmutableArray<RoleId> Backup);
