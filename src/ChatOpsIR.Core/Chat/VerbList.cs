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
        CatchUp.Verb,
        ShowTimeline.Verb,
        ChangeSeverity.Verb,
        StateImpact.Verb,
        AssignRole.Verb,
        HandOver.Verb,
        AcceptRole.Verb,
        InvitePeople.Verb,
        AddNote.Verb,
        RecordDecision.Verb,
        PostUpdate.Verb,
        SnoozeUpdate.Verb,
        Subscribe.Verb,
        Unsubscribe.Verb,
        ResolveIncident.Verb,
        CloseIncident.Verb,
        ReopenIncident.Verb,
        ReleaseEffect.Verb,
        ShowHelp.Verb,
    ];

    public static Verb? Find(string word) => All.FirstOrDefault(verb => verb.Answers(word));

    /// <summary>The verb that a mistyped word most likely meant; null when none is near.</summary>
    public static Verb? Nearest(string word) => All
        .Where(verb => verb.Listed)
        .Select(verb => (Verb: verb, Distance: Math.Min(Spelling.Distance(word, verb.Name), Spelling.Distance(word, verb.Alias))))
        .Where(candidate => candidate.Distance <= Math.Max(1, word.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Verb)
        .FirstOrDefault();
}
