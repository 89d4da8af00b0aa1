using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>A form that fills in one verb. What it says could as well be typed in one line.</summary>
/// <param name="Verb">The verb that a submission runs.</param>
/// <param name="Incident">The incident it is about; null for a new one.</param>
/// <param name="Title">At most 24 characters, which is what the tightest platform shows.</param>
/// <param name="Submit">The act, at most 24 characters.</param>
public sealed record Form(string Verb, IncidentId? Incident, string Title, string Submit, ImmutableArray<Field> Fields, Words? Intro = null)
{
    /// <summary>The message that it starts from: a submission brings it back.</summary>
    public MessageId? MadeFrom { get; init; }
}

/// <param name="Name">The argument it fills, such as <c>title</c>.</param>
/// <param name="Value">What it shows at first.</param>
/// <param name="MaxLength">In Unicode code points; 0 where it does not matter.</param>
public sealed record Field(
    string Name,
    string Label,
    FieldKind Kind,
    bool Optional = false,
    string? Hint = null,
    string? Value = null,
    int MaxLength = 0,
    ImmutableArray<Choice> Choices = default);

public enum FieldKind
{
    Line,
    Text,

    /// <summary>One of a few; its value is a choice's <see cref="Choice.Value"/>.</summary>
    Choice,

    /// <summary>One person; its value is the person's id as text.</summary>
    Person,

    /// <summary>Several people; their ids as text, separated by spaces.</summary>
    People,

    /// <summary>One open incident that whoever fills it in may know of; its value is the incident's id.</summary>
    Incident,

    /// <summary>Yes or no; its value is <c>yes</c> or absent.</summary>
    Toggle,
}

public sealed record Choice(string Value, string Label, string? Description = null);
