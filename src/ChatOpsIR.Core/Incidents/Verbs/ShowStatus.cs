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
