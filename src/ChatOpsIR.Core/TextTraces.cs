using System.Text;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>
/// Finds every entry that holds the text of messages or of facts: versions, previous texts, pins, bodies that nobody could read, commands
/// that were said in a message, and what the bot posted of it. The stream is read through until nothing more turns up.
/// </summary>
internal sealed class TextTraces(IStreamStore store, StreamId stream)
{
    /// <summary>How a command that was said in a room is caused: by the message, and this.</summary>
    private const string CommandMark = ":cmd";

    private readonly SortedDictionary<long, string> entries = [];
    private readonly HashSet<MessageId> messages = [];
    private readonly HashSet<MessageId> asked = [];
    private readonly HashSet<long> facts = [];
    private readonly HashSet<string> said = [];
    private readonly HashSet<string> stated = [];
    private int page = 200;

    /// <summary>The entries, and what each is committed to.</summary>
    public IReadOnlyDictionary<long, string> Entries => entries;

    public IReadOnlyCollection<MessageId> Messages => messages;

    /// <summary>Whether decisions are among them, and not only what happened in a room.</summary>
    public bool HasFacts => facts.Count > 0;

    /// <summary>The entry up to which the stream was read.</summary>
    public long Through { get; private set; }

    /// <summary>Looks for everything. Gives why it cannot be redacted; null when it can.</summary>
    public async Task<Refusal?> FindAsync(IEnumerable<MessageId> ofMessages, IEnumerable<long> ofEntries, CancellationToken cancellationToken)
    {
        asked.UnionWith(ofMessages);
        messages.UnionWith(asked);
        foreach (var version in ofEntries)
        {
            if (await BeginAtAsync(version, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        await ReadOnAsync(cancellationToken);
        return entries.Count == 0 ? Because.NothingToRedact : null;
    }

    /// <summary>Looks at what was recorded since. Whatever makes new things worth looking for may have come after them.</summary>
    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        int known;
        do
        {
            known = Known;
            await AddCommandsAsync(cancellationToken);
            await ReadToTheEndAsync(cancellationToken);
            Through = Known > known ? 0 : Through;
        }
        while (Known > known);
    }

    private int Known => messages.Count + facts.Count + said.Count + stated.Count;

    // An entry about a message stands for the message: its text is in others too.
    private async Task<Refusal?> BeginAtAsync(long version, CancellationToken cancellationToken)
    {
        switch ((await store.ReadAsync(stream, version - 1, 1, cancellationToken)).Entries)
        {
            case []:
                return Because.NothingToRedact;
            case [{ Fact: Redacted }]:
                return Because.RedactionsStay;
            case [{ Fact: ChatRecord { MessageId.Length: > 0 } chat }]:
                asked.Add(new MessageId(chat.Room, chat.MessageId));
                messages.UnionWith(asked);
                return null;
            default:
                facts.Add(version);
                return null;
        }
    }

    private async Task AddCommandsAsync(CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            if (await store.FindAsync(stream, message.Key + CommandMark, cancellationToken) is { } command)
            {
                facts.UnionWith(Enumerable.Range(0, command.Outcome.Entries).Select(i => command.Version + i));
            }
        }
    }

    private async Task ReadToTheEndAsync(CancellationToken cancellationToken)
    {
        while (await ReadPageAsync(cancellationToken) is { Entries: [_, ..] read })
        {
            foreach (var entry in read.Where(entry => entry.HasText && Holds(entry)))
            {
                entries.TryAdd(entry.Version, Convert.ToHexStringLower(entry.Commitment.Span));
            }

            Through = read[^1].Version;
        }
    }

    // Entries may be so large that a page of them takes too long: then fewer are asked for, and it stays at that.
    private async Task<StreamSlice> ReadPageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.ReadAsync(stream, Through, page, cancellationToken);
            }
            catch (Exception problem) when (problem is StoreException or OperationCanceledException && page > 1 && !cancellationToken.IsCancellationRequested)
            {
                page /= 2;
            }
        }
    }

    private bool Holds(Entry entry) => entry.Fact switch
    {
        Redacted => false,
        ChatRecord chat => facts.Contains(entry.Version) || IsAboutMessage(chat) || TellsOfFact(chat) || RepeatsMessage(chat) || QuotesMessage(chat),
        // The name of the room is made of the title.
        RoomOpened when facts.Contains(1) => Add(entry),
        _ => (facts.Contains(entry.Version) || (MadeFrom(entry.Fact) is { } message && messages.Contains(message))) && Add(entry),
    };

    private bool Add(Entry fact)
    {
        facts.Add(fact.Version);
        stated.UnionWith(FreeText.Of(fact.Fact));
        messages.UnionWith(new[] { MadeFrom(fact.Fact), SaidIn(fact) }.OfType<MessageId>());
        return true;
    }

    private static MessageId? MadeFrom(Fact fact) => fact switch
    {
        NoteAdded note => note.MadeFrom,
        IncidentDeclared declared => declared.MadeFrom,
        _ => null,
    };

    // The message that the fact was commanded in, if it was.
    private static MessageId? SaidIn(Entry fact) =>
        fact.Stamp.CauseKey is { } cause && cause.EndsWith(CommandMark, StringComparison.Ordinal) && MessageId.TryParse(cause[..^CommandMark.Length], out var message) ? message : null;

    // What is stored of a reaction has no text of the message; where it has, it is found as one that repeats it.
    private bool IsAboutMessage(ChatRecord chat)
    {
        if (Redaction.IsAboutAny(chat, messages))
        {
            return true;
        }

        if (chat.Kind is ChatKind.ReactionAdded or ChatKind.ReactionRemoved || !messages.Contains(new MessageId(chat.Room, chat.MessageId)))
        {
            return false;
        }

        said.UnionWith(new[] { chat.Text, chat.PreviousText }.OfType<string>());
        if (chat.Effect is { } effect && effect.Stream == stream && asked.Contains(new MessageId(chat.Room, chat.MessageId)))
        {
            // A post of the bot was pointed at: what it tells is in the fact that promised it. One that merely has the same words was not.
            facts.Add(effect.Version);
        }

        return true;
    }

    // The bot's own posts are made of facts. Who loses one can be told again from the others.
    private bool TellsOfFact(ChatRecord chat)
    {
        var tells = (chat.Effect is { } effect && effect.Stream == stream && facts.Contains(effect.Version)) ||
            ((chat.Effect is not null || chat.Kind is ChatKind.RoomChanged) && stated.Any(text => StandsIn(chat, text)));
        if (tells && chat.MessageId.Length > 0)
        {
            messages.Add(new MessageId(chat.Room, chat.MessageId));
        }

        return tells;
    }

    // A reply that is shown outside its thread comes with the message that began the thread.
    private bool RepeatsMessage(ChatRecord chat) =>
        ((chat.ThreadId is { } thread && messages.Contains(new MessageId(chat.Room, thread))) || messages.Contains(new MessageId(chat.Room, chat.MessageId))) &&
        said.Any(text => RepeatedText.IsValueIn(chat.Original.Span, text));

    // A link to a message is shown with the message itself.
    private bool QuotesMessage(ChatRecord chat) =>
        messages.Any(message => message.Room == chat.Room && message.Id != chat.ThreadId && Redaction.SpeaksOf(chat, message)) &&
        said.Any(text => RepeatedText.StandsIn(chat.Original.Span, text));

    private static bool StandsIn(ChatRecord chat, string text) =>
        RepeatedText.StandsIn(chat.Original.Span, text) || (chat.Text is { } words && RepeatedText.StandsIn(Encoding.UTF8.GetBytes(words), text));
}
