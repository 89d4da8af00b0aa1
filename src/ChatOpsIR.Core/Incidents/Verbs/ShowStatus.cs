using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>The state of one incident.</summary>
public static class ShowStatus
{
    public static readonly Verb Verb = new(
        "status", "st", "status", "Show where an incident stands.", Takes.Incident, _ => new Reading.Look(new Question.Status()));
}

/// <summary>What is going on.</summary>
public static class ListIncidents
{
    public static readonly Verb Verb = new(
        "list",
        "ls",
        "list",
        "List the open incidents.",
        Takes.TextOnly,
        said => new Reading.Look(new Question.List(said.Text is "all")))
    { NeedsIncident = false };
}

/// <summary>Who does what.</summary>
public static class ShowPeople
{
    public static readonly Verb Verb = new(
        "who", "people", "who", "Show who holds which role, and what each role asks.", Takes.Incident, _ => new Reading.Look(new Question.Who()));
}

/// <summary>What happened, for somebody who comes late.</summary>
public static class CatchUp
{
    public static readonly Verb Verb = new(
        "catchup",
        "recap",
        "catchup 2h",
        "Show what happened since you were last heard of here, or in the last two hours (2h): for whoever comes late.",
        Takes.Duration | Takes.Incident,
        Parse);

    private static Reading Parse(Arguments said) => said switch
    {
        { Text.Length: > 0 } => new Reading.Unclear("Say how far back: `/incident catchup 2h`. Without a time it is since you were last heard of here."),
        { Duration: { } duration } => new Reading.Look(new Question.CatchUp(said.At - duration, said.CauseKey)),
        _ => new Reading.Look(new Question.CatchUp(null, said.CauseKey)),
    };
}

/// <summary>What one can type.</summary>
public static class ShowHelp
{
    public static readonly Verb Verb = new(
        "help",
        "?",
        "help update",
        "Show what you can type, or how one word works.",
        Takes.TextOnly,
        said => new Reading.Look(new Question.Help(said.Text is "" ? null : said.Text)))
    { NeedsIncident = false };
}
