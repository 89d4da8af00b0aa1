using System.Collections.Immutable;
using System.Text;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Incidents;

/// <summary>
/// What a redaction takes from the state, and from whatever comes later. A state that was folded while the text was still there and one
/// that is folded from emptied entries come out the same, so that it does not matter when they are emptied.
/// </summary>
public static class Redaction
{
    /// <summary>What stands where a text was.</summary>
    public const string Removed = "Removed from the record.";

    /// <summary>A payload as it may be recorded: without the text of messages that have none left. What decisions and lookups need stays.</summary>
    public static Fact Strip(Incident incident, Fact fact)
    {
        if (incident.RedactedMessages.IsEmpty || fact is not ChatRecord chat)
        {
            return fact;
        }

        if (incident.RedactedMessages.Contains(new MessageId(chat.Room, chat.MessageId)) || IsAboutAny(chat, incident.RedactedMessages))
        {
            return chat with { Text = null, PreviousText = null, Files = [], Original = default };
        }

        // A reply that its platform shows outside the thread as well comes with the message that began the thread, and a link with what it leads to.
        var mayQuote = incident.RedactedMessages.Any(message => message.Room == chat.Room && (message.Id == chat.ThreadId || SpeaksOf(chat, message)));
        return mayQuote ? chat with { Original = default } : chat;
    }

    /// <summary>Whether what the platform sent has the message's id in it.</summary>
    internal static bool SpeaksOf(ChatRecord chat, MessageId message) => chat.Original.Span.IndexOf(Encoding.UTF8.GetBytes(message.Id)) >= 0;

    /// <summary>Whether a body that nobody could read speaks of one of the messages.</summary>
    internal static bool IsAboutAny(ChatRecord chat, IEnumerable<MessageId> messages) =>
        chat.Kind is ChatKind.Unreadable &&
        messages.Any(message => message.Room == chat.Room && SpeaksOf(chat, message));

    internal static Incident After(Incident incident, long version, Redacted fact)
    {
        bool Lost(long entry) => fact.Versions.Contains(entry);
        return incident with
        {
            Title = Lost(1) ? Removed : incident.Title,
            RoomName = Lost(1) ? "" : incident.RoomName,
            Rooms = Replace(incident.Rooms, room => Lost(room.Version), room => room with { Name = incident.Id.ToString() }),
            Notes = Replace(incident.Notes, note => Lost(note.Version), note => note with { Text = Removed }),
            Decisions = Replace(incident.Decisions, decision => Lost(decision.Version), decision => decision with { Text = Removed }),
            Impact = incident.Impact is { } impact && Lost(impact.Version) ? null : incident.Impact,
            LastUpdate = incident.LastUpdate is { } update && Lost(update.Version) ? update with { Text = Removed } : incident.LastUpdate,
            RedactedMessages = [.. incident.RedactedMessages.Union(fact.Messages)],
            Redactions = incident.Redactions.Add(version),
        };
    }

    private static ImmutableArray<T> Replace<T>(ImmutableArray<T> items, Func<T, bool> isLost, Func<T, T> without) =>
        items.Any(isLost) ? [.. items.Select(item => isLost(item) ? without(item) : item)] : items;
}
