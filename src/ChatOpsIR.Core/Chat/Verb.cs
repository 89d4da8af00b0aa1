using ChatOpsIR.Core.Incidents;

namespace ChatOpsIR.Core.Chat;

/// <summary>A word that people type after <c>/incident</c>.</summary>
/// <param name="Name">The word.</param>
/// <param name="Alias">One other word for it.</param>
/// <param name="Usage">An example that works as it stands.</param>
/// <param name="Help">One sentence that says what it does.</param>
/// <param name="Takes">What it understands besides free text.</param>
/// <param name="Read">Arguments to an order, a form or a question.</param>
public sealed record Verb(string Name, string Alias, string Usage, string Help, Takes Takes, Func<Arguments, Reading> Read)
{
    /// <summary>Shown in help. Words that only our own buttons type are not.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>It is about one incident, so one must be named or the room must be a war room.</summary>
    public bool NeedsIncident { get; init; } = true;

    /// <summary>Whether a word means this verb.</summary>
    public bool Answers(string word) =>
        string.Equals(Name, word, StringComparison.OrdinalIgnoreCase) || string.Equals(Alias, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a verb made of its arguments.</summary>
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>An order about the incident at hand.</summary>
    public sealed record Order(IncidentCommand Command) : Reading;

    /// <summary>The words for a new incident.</summary>
    public sealed record Declaration(Declare Declare) : Reading;

    /// <summary>Something is missing: the form that asks for it.</summary>
    public sealed record Fill(Func<Incident, Form> Form) : Reading;

    /// <summary>A question that changes nothing.</summary>
    public sealed record Look(Question Question) : Reading;

    /// <summary>What the speaker wants to be told of, or no longer.</summary>
    /// <param name="Topic">Null for the incident at hand.</param>
    public sealed record Subscription(SubscriptionAct Act, Organisation.Topic? Topic) : Reading;

    /// <summary>The words make no sense; the sentence says what would.</summary>
    /// <param name="Field">The form field to mend; null when the line as a whole is meant.</param>
    public sealed record Unclear(string Sentence, string? Field = null) : Reading;
}

public enum SubscriptionAct
{
    Subscribe,
    Unsubscribe,
    List,
}

/// <summary>What people ask without changing anything.</summary>
public abstract record Question
{
    private Question()
    {
    }

    public sealed record Status : Question;

    /// <param name="All">Closed ones too.</param>
    /// <param name="Worst">Only those at least this bad.</param>
    /// <param name="Mine">Only those that involve whoever asks.</param>
    public sealed record List(bool All, Severity? Worst = null, bool Mine = false) : Question;

    public sealed record Who : Question;

    /// <summary>What happened.</summary>
    /// <param name="Since">Null for since the asker was last heard of.</param>
    /// <param name="CauseKey">The cause of this very question, which may stand in the room as a message of the asker.</param>
    public sealed record CatchUp(DateTimeOffset? Since, string CauseKey) : Question;

    public sealed record Timeline : Question;

    public sealed record Help(string? About) : Question;
}
