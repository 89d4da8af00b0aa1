using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I10: one holder per exclusive role, at every version.</summary>
internal static class RoleRules
{
    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence) =>
        from incident in record.Incidents
        from step in incident.Steps
        where step.Entry.Fact is IncidentDeclared or RoleAccepted
        from role in step.After.Roles
        where role.Value.Length > 1 && evidence.Policy.For(role.Key).Exclusive
        select $"I10: {incident.Id} has {role.Value.Length} of the exclusive role {role.Key} as of version {step.Entry.Version}: {string.Join(", ", role.Value)}.";
}
