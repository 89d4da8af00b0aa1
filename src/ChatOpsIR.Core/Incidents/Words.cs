namespace ChatOpsIR.Core.Incidents;

/// <summary>How bad it is. SEV1 is the worst; what each one asks for is the policy's business.</summary>
public enum Severity
{
    Sev1 = 1,
    Sev2,
    Sev3,
    Sev4,
}

/// <summary>Where in the policy's course an incident stands.</summary>
public enum Phase
{
    Detection,
    Containment,
    Eradication,
    Recovery,
    Review,
}

/// <summary>Whether work goes on.</summary>
public enum Status
{
    Open,
    Resolved,
    Closed,

    /// <summary>A number that was given out but never became an incident.</summary>
    Voided,
}

/// <summary>A role of the policy by its short name, such as <c>manager</c>.</summary>
public readonly record struct RoleId(string Value)
{
    public static readonly RoleId Manager = new("manager");
    public static readonly RoleId Communications = new("communications");
    public static readonly RoleId Investigator = new("investigator");
    public static readonly RoleId Legal = new("legal");
    public static readonly RoleId ResponseTeam = new("response-team");
    public static readonly RoleId Scribe = new("scribe");

    public override string ToString() => Value;
}

/// <summary>What a reminder is about.</summary>
public enum ReminderKind
{
    /// <summary>A status update is due.</summary>
    Update,

    /// <summary>A status update is late: the backup is called.</summary>
    Escalation,

    /// <summary>An offered role has not been accepted.</summary>
    Acceptance,
}
