using ChatOpsIR.Core.Incidents.Verbs;

namespace ChatOpsIR.Core.Chat;

/// <summary>Every verb there is, in the order of help.</summary>
public static class VerbList
{
    public static readonly IReadOnlyList<Verb> All =
    [
        DeclareIncident.Verb,
        ShowStatus.Verb,
        ListIncidents.Verb,
        ShowPeople.Verb,
        ShowTimeline.Verb,
        ChangeSeverity.Verb,
        AssignRole.Verb,
        AcceptRole.Verb,
        AddNote.Verb,
        PostUpdate.Verb,
        SnoozeUpdate.Verb,
        ResolveIncident.Verb,
        CloseIncident.Verb,
        ReopenIncident.Verb,
        ReleaseEffect.Verb,
        ShowHelp.Verb,
    ];

    public static Verb? Find(string word) => All.FirstOrDefault(verb =>
        string.Equals(verb.Name, word, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(verb.Alias, word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The verb that a mistyped word most likely meant; null when none is near.</summary>
    public static Verb? Nearest(string word) => All
        .Where(verb => verb.Listed)
        .Select(verb => (Verb: verb, Distance: Math.Min(Spelling.Distance(word, verb.Name), Spelling.Distance(word, verb.Alias))))
        .Where(candidate => candidate.Distance <= Math.Max(1, word.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Verb)
        .FirstOrDefault();
}
