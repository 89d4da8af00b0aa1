using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>How far the reading of a room's history has come, and what it has shown so far.</summary>
/// <param name="alarms">How many alarms there had been when it began.</param>
/// <param name="recorded">What the record shows of the room, kept while the reading waits: a long record is read through once.</param>
internal sealed class HistoryReading(int alarms, RoomAsRecorded recorded)
{
    // A place may be forgotten, or a thread go, while others are read. Where it happens again and again, the rest cannot be read at all.
    private const int MostBeginnings = 3;

    private readonly HashSet<string> messages = [];
    private readonly HashSet<(string Message, string? Name, Actor? Who)> reactions = [];
    private readonly HashSet<(string Message, string? Name)> partly = [];

    private int beginnings;

    public int Alarms { get; } = alarms;

    public RoomAsRecorded Recorded { get; } = recorded;

    public bool MayBeginAgain => beginnings < MostBeginnings;

    public string? Cursor { get; private set; }

    /// <summary>The entry at which it began: whatever was recorded since may have happened behind its back.</summary>
    public long From { get; private set; }

    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>When the oldest message that it was shown was written.</summary>
    public DateTimeOffset Oldest { get; private set; } = DateTimeOffset.MaxValue;

    public bool IsNew => BeganAt == default;

    /// <summary>Reads from the first page again: only one whole reading tells what is missing.</summary>
    public void Begin(long from, DateTimeOffset at)
    {
        beginnings++;
        (Cursor, From, BeganAt, Oldest) = (null, from, at, DateTimeOffset.MaxValue);
        messages.Clear();
        reactions.Clear();
        partly.Clear();
    }

    public void Take(HistoryPage page)
    {
        Cursor = page.Cursor;
        foreach (var (stamp, record) in page.Messages)
        {
            if (record.Kind is ChatKind.ReactionAdded)
            {
                reactions.Add((record.MessageId, record.Reaction, stamp.Actor));
                continue;
            }

            messages.Add(record.MessageId);
            if (record.Kind is not ChatKind.MessageEdited && stamp.OccurredAt < Oldest)
            {
                Oldest = stamp.OccurredAt;
            }
        }

        partly.UnionWith(page.Partly);
    }

    public bool Shows(string message) => messages.Contains(message);

    /// <summary>Whether it shows a reaction, or cannot tell.</summary>
    public bool MayShow(string message, string? name, Actor? who) => reactions.Contains((message, name, who)) || partly.Contains((message, name));
}
