using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>One place on the rail.</summary>
public abstract class Row
{
    public required long Version { get; set; }

    public required DateTimeOffset At { get; set; }

    public required EntryKind Kind { get; set; }

    /// <summary>The bot's own chores, which a row of them hides.</summary>
    public bool IsChore { get; init; }

    /// <summary>It was read from the room's history, not heard as it happened.</summary>
    public bool FromHistory { get; init; }

    /// <summary>Everybody whose name it shows.</summary>
    public abstract IEnumerable<PersonId> People { get; }

    /// <summary>Those of them who did or said something.</summary>
    public virtual IEnumerable<PersonId> Speakers => [];

    protected static IEnumerable<PersonId> In(Words words) => words.Spans.OfType<Mention>().Select(mention => mention.Person);
}

/// <summary>A sentence on the rail: a fact, or something that happened to the room.</summary>
public sealed class FactRow : Row
{
    public required string Icon { get; init; }

    /// <summary>Empty, or the tone of the icon: <c>s1</c>, <c>accent</c>.</summary>
    public string Tone { get; init; } = "";

    /// <summary>Who did it, where the sentence does not say.</summary>
    public PersonId? Who { get; init; }

    public required Words Said { get; init; }

    public override IEnumerable<PersonId> People => In(Said).Concat(Speakers);

    public override IEnumerable<PersonId> Speakers => Who is { } who ? [who] : [];
}

/// <summary>Something that stands apart: a gap, what cannot be read, what was removed.</summary>
public sealed class NoticeRow : Row
{
    public required string Icon { get; init; }

    /// <summary><c>gap</c> or <c>removed</c>.</summary>
    public required string Look { get; init; }

    public required Words Said { get; init; }

    public override IEnumerable<PersonId> People => In(Said);
}

/// <summary>What somebody said, with all that became of it.</summary>
public sealed class MessageRow : Row
{
    /// <summary>The entry that said it; the row moves to its deletion when there is one.</summary>
    public required long Said { get; init; }

    public required DateTimeOffset SaidAt { get; init; }

    public required Actor? Author { get; init; }

    public bool Ours { get; init; }

    public string? Files { get; init; }

    /// <summary>Every text it has had, oldest first.</summary>
    public List<TextVersion> Versions { get; } = [];

    /// <summary>The entry of an edit, when the message itself is not on this page.</summary>
    public bool IsLooseEdit { get; init; }

    public Deletion? Deleted { get; set; }

    public List<MessageRow> Replies { get; } = [];

    /// <summary>A reply whose thread began elsewhere.</summary>
    public bool IsLooseReply { get; init; }

    public SortedDictionary<string, HashSet<string>> Reactions { get; } = new(StringComparer.Ordinal);

    public override IEnumerable<PersonId> People => Versions.SelectMany(version => In(version.Text)).Concat(Replies.SelectMany(reply => reply.People)).Concat(Speakers);

    public override IEnumerable<PersonId> Speakers =>
        new[] { Author?.Person, Deleted?.By?.Person }.OfType<PersonId>().Concat(Replies.SelectMany(reply => reply.Speakers));
}

public sealed record TextVersion(long Version, DateTimeOffset At, Words Text);

/// <param name="By">Null when the platform does not say who.</param>
/// <param name="Found">Nobody told of it when it happened: a reading of the history found it.</param>
public sealed record Deletion(long Version, DateTimeOffset At, Actor? By, bool Found);

/// <summary>A run of chores, folded.</summary>
public sealed class QuietRow : Row
{
    public required IReadOnlyList<Row> Rows { get; init; }

    public override IEnumerable<PersonId> People => Rows.SelectMany(row => row.People);

    public override IEnumerable<PersonId> Speakers => Rows.SelectMany(row => row.Speakers);
}
