using ChatOpsIR.Core.Chat;

namespace ChatOpsIR.Core.Incidents.Verbs;

/// <summary>What happened of late, and the way to all of it.</summary>
public static class ShowTimeline
{
    public static readonly Verb Verb = new(
        "timeline", "tl", "timeline", "Show what happened last, with a personal link to the whole record.", Takes.Incident, _ => new Reading.Look(new Question.Timeline()));
}
