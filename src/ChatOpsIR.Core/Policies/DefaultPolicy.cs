using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Core.Policies;

/// <summary>The policy that applies until an organisation brings its own.</summary>
public static class DefaultPolicy
{
    public static readonly Policy Text = new(
        "default-1",
        [
            new(RoleId.Manager, "Incident Manager",
                "Leads the response: decides what happens next, hands out the roles and keeps the leadership informed.",
                Exclusive: true, ["im", "incident-manager", "commander", "ic", "lead"]),
            new(RoleId.Investigator, "Technical Investigator",
                "Finds out what is broken and why, and proposes how to mend it. Several people may share this role.",
                Exclusive: false, ["investigators", "tech", "technical-investigator"]),
            new(RoleId.Communications, "Communications Officer",
                "Keeps everybody told, inside and outside: posts the status update each time one is due.",
                Exclusive: true, ["comms", "co", "communications-officer"]),
            new(RoleId.Legal, "Legal and Compliance",
                "Checks that what we do and say is lawful and keeps our obligations.",
                Exclusive: true, ["compliance", "legal-and-compliance"]),
            new(RoleId.ResponseTeam, "Incident Response Team",
                "Stands ready from security, operations, IT and compliance. Steps in when a role stays silent.",
                Exclusive: false, ["irt", "team", "backup"]),
            new(RoleId.Scribe, "Scribe",
                "Notes decisions and findings as they are made, so that the others need not.",
                Exclusive: true, ["notes"]),
        ],
        [
            new(Severity.Sev1, "Customers cannot work, or data is at risk",
                TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), [RoleId.ResponseTeam, RoleId.Investigator]),
            new(Severity.Sev2, "An important part is down or very slow",
                TimeSpan.FromHours(1), TimeSpan.FromMinutes(15), [RoleId.ResponseTeam, RoleId.Investigator]),
            new(Severity.Sev3, "Something is wrong and there is a way round it",
                TimeSpan.FromHours(4), TimeSpan.FromHours(1), [RoleId.ResponseTeam, RoleId.Investigator]),
            new(Severity.Sev4, "A small fault, or a suspicion to look into",
                TimeSpan.FromHours(24), TimeSpan.FromHours(4), [RoleId.ResponseTeam, RoleId.Investigator]),
        ],
        Severity.Sev3,
        TimeSpan.FromMinutes(10));
}
