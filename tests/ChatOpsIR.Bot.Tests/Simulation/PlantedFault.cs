using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Simulation;

/// <summary>A fault that some change might bring in: one rule of the bot that is broken.</summary>
/// <param name="Promise">How the violation begins by which it is found.</param>
/// <param name="Seed">A seed that is known to find it, where the search begins.</param>
internal sealed record PlantedFault(string Name, string Promise, ulong Seed, Action<IServiceCollection> Plant)
{
    public static readonly IReadOnlyList<PlantedFault> All =
    [
        new("posts without looking first and is deaf to what it posted", "I6:", 6, Twins.PostsWithoutLooking),
        new("opens rooms without looking first", "I5:", 1, Twins.OpensRoomsWithoutLooking),
        new("trusts that whoever worked before left nothing half done and is deaf to what it posted", "I6:", 1, Twins.TrustsItsPredecessor),
        new("posts under another key than it promised", "I6:", 1, Twins.PostsUnderAnotherKey),
        new("paints no topics", "I15:", 1, Twins.PaintsNoTopics),
        new("paints no cards", "I15:", 57, Twins.PaintsNoCards),
        new("announces what is private", "I13:", 3, Twins.AnnouncesWhatIsPrivate),
        new("records a repeat", "I1:", 1, Twins.ForgetsCauses),
        new("backfills under other keys", "I1:", 1, Twins.BackfillsUnderOtherKeys),
        new("reads no history", "I1:", 1, Twins.ReadsNoHistory),
        new("overlooks edits", "I1:", 126, Twins.OverlooksEdits),
        new("overlooks reactions", "I1:", 339, Twins.OverlooksReactions),
        new("answers before recording", "I1:", 116, Twins.AnswersBeforeRecording),
        new("takes a silent store for a good one", "It never became quiet:", 14, Twins.TakesSilenceForSuccess),
        new("hashes every trigger alike", "I4:", 1, Twins.HashesEverythingAlike),
        new("ignores the version lock", "It never became quiet:", 7, Twins.IgnoresTheLock),
        new("keeps the snapshot before the last", "I12:", 22, Twins.KeepsOldSnapshots),
        new("writes no due rows", "I12:", 1, Twins.WritesNoDueRows),
        new("finds nothing due", "I8:", 5, Twins.NeverListsWhatIsDue),
        new("writes no active rows", "I12:", 2, Twins.WritesNoActiveRows),
        new("reconciles nothing", "Numbers:", 1, Twins.ReconcilesNothing),
        new("registers no rooms", "I12:", 1, Twins.RegistersNoRooms),
        new("voids no number", "Numbers:", 1, Twins.VoidsNothing),
        new("gives a number twice", "Numbers:", 1, Twins.GivesANumberTwice),
        new("lets two hold one role", "I10:", 105, Twins.LetsTwoHoldARole),
    ];
}
