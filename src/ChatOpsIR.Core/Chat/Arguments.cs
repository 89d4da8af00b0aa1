using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What a verb understands besides free text. Whatever it does not take stays part of the text.</summary>
[Flags]
public enum Takes
{
    TextOnly = 0,
    Severity = 1,
    Private = 2,
    Role = 4,
    People = 8,
    Duration = 16,

    /// <summary>Another incident may be named in a war room too (<c>close INC-42</c>): before any other text, which may speak of incidents.</summary>
    Incident = 32,

    /// <summary>Whoever decided, named first: <c>by @someone</c>. Other mentions stay part of the text.</summary>
    Decider = 64,

    /// <summary>Who is affected: everything after <c>affects:</c>.</summary>
    Affected = 128,
}

/// <summary>The arguments of one command, from a line of text or from a form.</summary>
/// <param name="Who">Whoever gives the order.</param>
/// <param name="Text">The free text, as typed but for the arguments taken out of it.</param>
/// <param name="Policy">The policy whose roles and severities the words mean.</param>
public sealed record Arguments(PersonId Who, string Text, Policy Policy)
{
    public IncidentId? Incident { get; init; }

    public Severity? Severity { get; init; }

    public bool Private { get; init; }

    public RoleId? Role { get; init; }

    public ImmutableArray<PersonId> People { get; init; } = [];

    public TimeSpan? Duration { get; init; }

    /// <summary>Who is affected, or how many.</summary>
    public string? Affected { get; init; }

    /// <summary>Three dots stood in the place of words: the form is wanted, whether something is missing or not.</summary>
    public bool WantsForm { get; init; }

    /// <summary>The message that the order starts from: somebody looks at the form first.</summary>
    public Quote? Quote { get; init; }

    /// <summary>The message whose words were taken over.</summary>
    public MessageId? MadeFrom { get; init; }

    /// <summary>When the order was given.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What makes a repeat of the order harmless.</summary>
    public string CauseKey { get; init; } = "";

    /// <summary>The first person named; "me" names the speaker.</summary>
    public PersonId? Person => People is [var first, ..] ? first : null;
}
