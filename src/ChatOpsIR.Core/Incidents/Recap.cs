using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>What happened, gathered from the record's end backwards. Pure: the same entries give the same recap.</summary>
/// <param name="Asker">Who wants to know.</param>
/// <param name="Since">From when on; null for since the asker was last heard of.</param>
/// <param name="Except">The cause of the question itself, which may have been said in the room.</param>
public sealed record Recap(PersonId Asker, DateTimeOffset? Since, string Except)
{
    /// <summary>As many decisions as are told; the newest.</summary>
    public const int MostChanges = 20;

    /// <summary>As many updates and notes.</summary>
    public const int MostWords = 6;

    /// <summary>How a command that was said in a room is caused: by the message, and this.</summary>
    private const string CommandMark = ":cmd";

    /// <summary>Everything that had to be read was.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The reading stopped before that.</summary>
    public bool StoppedEarly { get; init; }

    public int EntriesRead { get; init; }

    /// <summary>When the oldest entry happened that was read.</summary>
    public DateTimeOffset? ReachesTo { get; init; }

    /// <summary>The asker's own last act, where that is what it begins with.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>What was decided and changed, newest first.</summary>
    public ImmutableArray<Entry> Changes { get; init; } = [];

    public int ChangesInAll { get; init; }

    /// <summary>Updates and notes, newest first.</summary>
    public ImmutableArray<Entry> Words { get; init; } = [];

    public int WordsInAll { get; init; }

    public ImmutableHashSet<Actor> Speakers { get; init; } = [];

    public int Messages { get; init; }

    public int Reactions { get; init; }

    public int Files { get; init; }

    /// <summary>Reminders that an update was due, or late.</summary>
    public int Reminders { get; init; }

    /// <summary>Where the record has holes, newest first.</summary>
    public ImmutableArray<Entry> Gaps { get; init; } = [];

    public int Unreadable { get; init; }

    public bool IsEmpty => ChangesInAll + WordsInAll + Messages + Reactions + Reminders + Gaps.Length + Unreadable is 0;

    public static Recap For(PersonId asker, DateTimeOffset? since, string cause) =>
        new(asker, since, cause.EndsWith(CommandMark, StringComparison.Ordinal) ? cause[..^CommandMark.Length] : cause);

    /// <summary>Adds the entry that comes before all that were added.</summary>
    public Recap Before(Entry entry)
    {
        if (Since is null && IsHeardOf(entry))
        {
            return this with { IsComplete = true, LastHeard = entry.Stamp.OccurredAt, EntriesRead = EntriesRead + 1 };
        }

        // What was read from history happened before it was recorded, and never the other way round.
        if (Since > entry.RecordedAt)
        {
            return this with { IsComplete = true, EntriesRead = EntriesRead + 1 };
        }

        var next = Since > entry.Stamp.OccurredAt || entry.Stamp.CauseKey == Except ? this : Add(entry);
        return next with { EntriesRead = EntriesRead + 1, ReachesTo = entry.Stamp.OccurredAt, IsComplete = entry.Version is 1 };
    }

    private bool IsHeardOf(Entry entry) =>
        entry.Stamp.Actor?.Person == Asker && entry.Stamp.CauseKey != Except && entry.Fact switch
        {
            ChatRecord chat => chat.Kind is ChatKind.Message or ChatKind.MessageEdited or ChatKind.ReactionAdded,
            _ => true,
        };

    private Recap Add(Entry entry) => entry.Fact switch
    {
        ChatRecord chat => Add(entry, chat),
        UpdatePosted or NoteAdded => this with { WordsInAll = WordsInAll + 1, Words = WordsInAll < MostWords ? Words.Add(entry) : Words },
        ReminderFired { Kind: ReminderKind.Update or ReminderKind.Escalation } => this with { Reminders = Reminders + 1 },
        IncidentEvent fact when IsChange(fact) => this with { ChangesInAll = ChangesInAll + 1, Changes = ChangesInAll < MostChanges ? Changes.Add(entry) : Changes },
        _ => this,
    };

    private Recap Add(Entry entry, ChatRecord chat) => chat.Kind switch
    {
        ChatKind.Message when chat.Effect is null && entry.Stamp.Source is not Source.Self => this with
        {
            Messages = Messages + 1,
            Files = Files + chat.FileIds.Length,
            Speakers = entry.Stamp.Actor is { } who ? Speakers.Add(who) : Speakers,
        },
        ChatKind.ReactionAdded => this with { Reactions = Reactions + 1 },
        ChatKind.Gap => this with { Gaps = Gaps.Add(entry) },
        ChatKind.Unreadable => this with { Unreadable = Unreadable + 1 },
        _ => this,
    };

    // Everything that somebody decided; what came of our own chores is no news.
    private static bool IsChange(IncidentEvent fact) => fact is not
        (RoomOpened or IncidentVoided or ReminderFired or EffectStarted or EffectFailed or EffectHeld or EffectReleased or EffectDone or SubscribersTold);
}
