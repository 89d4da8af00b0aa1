using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>What people type in a war room: for each verb there is, words that mean something and some that do not.</summary>
internal sealed class Phrases
{
    private static readonly string[] Roles = ["communications", "investigator", "legal", "scribe", "manager"];
    private static readonly string[] Troubles = ["Checkout returns 500s", "Search is slow", "Payments are declined", "Logins fail", "Emails are not sent"];

    /// <summary>How often each verb is typed, and what after it.</summary>
    public static readonly IReadOnlyDictionary<string, (int Weight, Func<Phrases, string> After)> ByVerb = new Dictionary<string, (int, Func<Phrases, string>)>
    {
        ["declare"] = (1, say => say.Declaration()),
        ["status"] = (2, say => say.dice.Chance(0.3) ? $"INC-{1 + say.dice.Below(4)}" : ""),
        ["list"] = (1, _ => ""),
        ["who"] = (1, _ => ""),
        ["catchup"] = (1, _ => ""),
        ["timeline"] = (1, _ => ""),
        ["severity"] = (3, say => $"sev:{1 + say.dice.Below(4)}{(say.dice.Chance(0.3) ? $" {say.word("since")}" : "")}"),
        ["impact"] = (2, say => $"{say.word("felt")}{(say.dice.Chance(0.5) ? $" affects: {say.word("many")}" : "")}"),
        ["role"] = (6, say => $"{say.dice.Pick(Roles)} {(say.dice.Chance(0.3) ? "me" : say.Person())}"),
        ["handover"] = (3, say => $"{say.Person()}{(say.dice.Chance(0.3) ? $" {say.dice.Pick(Roles)}" : "")}"),
        ["accept"] = (3, say => say.dice.Chance(0.3) ? say.dice.Pick(Roles) : ""),
        ["invite"] = (2, say => $"{say.Person()} {say.Person()}"),
        ["note"] = (6, say => say.dice.Chance(0.1) ? "" : say.word("noted")),
        ["decide"] = (2, say => $"{(say.dice.Chance(0.3) ? $"by {say.Person()} " : "")}{say.word("decided")}"),
        ["update"] = (6, say => say.dice.Chance(0.1) ? "" : say.word("updated")),
        ["snooze"] = (2, say => $"{10 + say.dice.Below(50)}m {say.word("waiting")}"),
        ["subscribe"] = (2, say => say.dice.Pick<string>(["", "all", "sev:2", "list"])),
        ["unsubscribe"] = (1, say => say.dice.Pick<string>(["", "all"])),
        ["resolve"] = (2, say => say.word("resolved")),
        ["close"] = (2, _ => ""),
        ["reopen"] = (2, say => say.word("again")),
        ["release"] = (1, say => $"INC-{1 + say.dice.Below(3)}:{1 + say.dice.Below(9)}:0"),
        ["help"] = (1, say => say.dice.Chance(0.5) ? say.dice.Pick(VerbList.All).Name : ""),
    };

    private static readonly (int Weight, string What)[] Verbs = [.. ByVerb.Select(verb => (verb.Value.Weight, verb.Key))];

    private readonly Dice dice;
    private readonly Func<string, string> word;

    public Phrases(Dice dice, Func<string, string> word) => (this.dice, this.word) = (dice, word);

    /// <summary>A command without its slash word, now and then by the other name of its verb.</summary>
    public (string Verb, string Text) Command()
    {
        var verb = dice.Weighted(Verbs);
        var typed = dice.Chance(0.1) ? VerbList.Find(verb)!.Alias : verb;
        return (verb, $"{typed} {ByVerb[verb].After(this)}".TrimEnd());
    }

    /// <summary>What follows <c>declare</c>.</summary>
    public string Declaration() => dice.Below(10) switch
    {
        0 => "",
        1 => $"private {word("Secret matter")} sev:{1 + dice.Below(4)}",
        2 => dice.Pick(Troubles),
        _ => $"{word(dice.Pick(Troubles))} sev:{1 + dice.Below(4)}{(dice.Chance(0.3) ? $" {Person()}" : "")}",
    };

    private string Person() => $"@{dice.Pick(Crowd.People)}";
}
