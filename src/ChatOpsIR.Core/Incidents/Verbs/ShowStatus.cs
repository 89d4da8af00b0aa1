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
        "List the open incidents; list all shows closed ones too, list mine yours, list sev:2 the bad ones.",
        Takes.Severity,
        Parse)
    { NeedsIncident = false };

    private static Reading Parse(Arguments said)
    {
        var words = said.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.FirstOrDefault(word => !IsOne(word, "all") && !IsOne(word, "mine") && !IsOne(word, "open")) is { } other
            ? new Reading.Unclear($"I cannot list by {PlainText.Quote(other)}. Try `/incident list all`, `/incident list mine` or `/incident list sev:2`.")
            : new Reading.Look(new Question.List(words.Any(word => IsOne(word, "all")), said.Severity, words.Any(word => IsOne(word, "mine"))));
    }

    private static bool IsOne(string word, string one) => word.Equals(one, StringComparison.OrdinalIgnoreCase);
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
