using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>
/// Entries to rows: replies, edits, deletions and reactions go to the message they are about, as far as it is among the same entries. What
/// is about something older stands alone and says so.
/// </summary>
/// <param name="folds">False for search results, where each entry that was found stands for itself.</param>
internal sealed class RowFold(StreamId stream, Policy policy, Func<string, Words> read, bool folds)
{
    private readonly List<Row> rows = [];
    private readonly Dictionary<string, MessageRow> messages = [];
    private readonly Dictionary<(string Message, string Reaction, string Who), ReactionState> reactions = [];
    private readonly Dictionary<EffectKey, Effect> promised = [];

    /// <summary>Remembers what an entry promises, so that later ones can say what was done.</summary>
    public void Remember(Entry entry)
    {
        foreach (var (effect, i) in entry.Effects.Select((effect, i) => (effect, i)))
        {
            promised[new EffectKey(stream, entry.Version, i)] = effect;
        }
    }

    /// <summary>The sentence by which an entry is searched.</summary>
    public string Sentence(Entry entry) => entry.Redacted ? "" : PlainText.Of(FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy, read, promised.GetValueOrDefault));

    public void Add(Entry entry)
    {
        if (entry.Redacted)
        {
            rows.Add(new NoticeRow
            {
                Version = entry.Version, At = entry.Stamp.OccurredAt, Kind = EntryKind.Gaps, Icon = "hidden", Look = "removed",
                Said = Words.Of(new Strong("Removed from the record."), " The fingerprint stays, so the chain still verifies."),
            });
        }
        else if (entry.Fact is ChatRecord chat)
        {
            Add(entry, chat);
        }
        else
        {
            rows.Add(Fact(entry));
        }
    }

    /// <summary>What is to be shown, the bot's chores in folded runs.</summary>
    public IReadOnlyList<Row> Rows(IReadOnlySet<EntryKind> kinds)
    {
        var shown = new List<Row>();
        var chores = new List<Row>();
        foreach (var row in rows.Where(row => kinds.Contains(row.Kind)))
        {
            if (row.IsChore && folds)
            {
                chores.Add(row);
                continue;
            }

            EndRun();
            shown.Add(row);
        }

        EndRun();
        return shown;

        void EndRun()
        {
            // What the bot posted says again what a fact beside it says, so even one post is folded.
            shown.AddRange(chores is [var first, ..] && (chores.Count > 1 || first is MessageRow)
                ? [new QuietRow { Version = first.Version, At = first.At, Kind = first.Kind, Rows = [.. chores] }]
                : chores);
            chores.Clear();
        }
    }

    private void Add(Entry entry, ChatRecord chat)
    {
        var of = folds ? messages.GetValueOrDefault(chat.MessageId) : null;
        switch (chat.Kind)
        {
            case ChatKind.Message:
                AddMessage(entry, chat);
                break;
            case ChatKind.MessageEdited when of is not null:
                Edit(of, new TextVersion(entry.Version, entry.Stamp.OccurredAt, TextOf(chat.Text)));
                break;
            case ChatKind.MessageEdited:
                AddLooseEdit(entry, chat);
                break;
            case ChatKind.MessageDeleted when of is not null:
                Delete(entry, of);
                break;
            case ChatKind.MessageDeleted:
                AddLooseDeletion(entry, chat);
                break;
            case ChatKind.ReactionAdded or ChatKind.ReactionRemoved when of is not null && chat.Reaction is { } reaction:
                React(entry, chat, of, reaction);
                break;
            case ChatKind.Gap or ChatKind.Unreadable:
                rows.Add(new NoticeRow
                {
                    Version = entry.Version, At = entry.Stamp.OccurredAt, Kind = EntryKind.Gaps, Icon = "unplugged", Look = "gap",
                    Said = ChatWords(entry),
                });
                break;
            default:
                rows.Add(Fact(entry));
                break;
        }
    }

    // An edit that was told late stands before those that were made after it: the last one is what people see.
    private static void Edit(MessageRow message, TextVersion edit)
    {
        var later = message.Versions.FindIndex(1, version => version.At > edit.At);
        message.Versions.Insert(later < 0 ? message.Versions.Count : later, edit);
    }

    private void React(Entry entry, ChatRecord chat, MessageRow message, string reaction)
    {
        var who = entry.Stamp.Actor?.Value ?? "";
        var key = (chat.MessageId, reaction, who);
        reactions[key] = reactions.GetValueOrDefault(key).After(entry.Stamp, chat.Kind is ChatKind.ReactionAdded);
        message.Reactions.TryAdd(reaction, []);
        var people = message.Reactions[reaction];
        _ = reactions[key].IsThere ? people.Add(who) : people.Remove(who);
        if (people.Count == 0)
        {
            message.Reactions.Remove(reaction);
        }
    }

    private void AddMessage(Entry entry, ChatRecord chat)
    {
        var parent = folds && chat.ThreadId is { } thread && thread != chat.MessageId ? messages.GetValueOrDefault(thread) : null;
        var row = Message(entry, chat, isReply: chat.ThreadId is not null && chat.ThreadId != chat.MessageId && parent is null);
        row.Versions.Add(new TextVersion(entry.Version, entry.Stamp.OccurredAt, TextOf(chat.Text)));
        messages[chat.MessageId] = row;
        if (parent is null)
        {
            rows.Add(row);
        }
        else
        {
            parent.Replies.Add(row);
        }
    }

    private void AddLooseEdit(Entry entry, ChatRecord chat)
    {
        var row = Message(entry, chat, isReply: false, isEdit: true);
        if (chat.PreviousText is { Length: > 0 } before)
        {
            row.Versions.Add(new TextVersion(0, entry.Stamp.OccurredAt, TextOf(before)));
        }

        row.Versions.Add(new TextVersion(entry.Version, entry.Stamp.OccurredAt, TextOf(chat.Text)));
        messages.TryAdd(chat.MessageId, row);
        rows.Add(row);
    }

    private void AddLooseDeletion(Entry entry, ChatRecord chat)
    {
        var row = Message(entry, chat, isReply: false);
        if (chat.PreviousText is { Length: > 0 } before)
        {
            row.Versions.Add(new TextVersion(0, entry.Stamp.OccurredAt, TextOf(before)));
        }

        row.Deleted = new Deletion(entry.Version, entry.Stamp.OccurredAt, entry.Stamp.Actor, entry.Stamp.Source is Source.Backfill);
        rows.Add(row);
    }

    // A tombstone stands where the deletion happened; one in a thread stays in it.
    private void Delete(Entry entry, MessageRow message)
    {
        message.Deleted = new Deletion(entry.Version, entry.Stamp.OccurredAt, entry.Stamp.Actor, entry.Stamp.Source is Source.Backfill);
        if (rows.Remove(message))
        {
            (message.Version, message.At, message.Kind) = (entry.Version, entry.Stamp.OccurredAt, EntryKind.Changes);
            rows.Add(message);
        }
    }

    private static MessageRow Message(Entry entry, ChatRecord chat, bool isReply, bool isEdit = false) => new()
    {
        Version = entry.Version,
        At = entry.Stamp.OccurredAt,
        Kind = EntryKinds.Of(entry),
        Said = entry.Version,
        SaidAt = entry.Stamp.OccurredAt,
        Author = chat.Author ?? entry.Stamp.Actor,
        Ours = chat.Effect is not null,
        IsChore = chat.Effect is not null,
        FromHistory = entry.Stamp.Source is Source.Backfill,
        Files = chat.Files.IsDefaultOrEmpty ? null : string.Join(", ", chat.Files.Select(file => file.Name ?? file.Id)),
        IsLooseReply = isReply,
        IsLooseEdit = isEdit,
    };

    private FactRow Fact(Entry entry)
    {
        var (icon, tone) = FactLook.Of(entry.Fact);
        return new FactRow
        {
            Version = entry.Version,
            At = entry.Stamp.OccurredAt,
            Kind = EntryKinds.Of(entry),
            IsChore = entry.Fact is EffectStarted or EffectDone { Explanation: null } or SubscribersTold { NotTold: [] },
            FromHistory = entry.Stamp.Source is Source.Backfill,
            Icon = icon,
            Tone = tone,
            Who = entry.Fact is ChatRecord ? entry.Stamp.Actor?.Person : null,
            Said = FactSaid(entry),
        };
    }

    // What was promised on an earlier page is not looked up for its name's sake.
    private Words FactSaid(Entry entry) => entry.Fact switch
    {
        EffectDone { Explanation: null } done when !promised.ContainsKey(done.Effect) => Words.Of($"What entry {done.Effect.Version} promised is done."),
        EffectStarted started => Words.Of($"Attempt {started.Attempt} at what entry {started.Effect.Version} promised began."),
        _ => ChatWords(entry),
    };

    private Words ChatWords(Entry entry) => FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy, read, promised.GetValueOrDefault);

    private Words TextOf(string? text) => text is { Length: > 0 } ? read(text) : Words.None;
}
