using System.Collections.Immutable;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core.Chat;

/// <summary>What the bot shows: plain values that each platform draws in its own way.</summary>
/// <param name="Summary">The whole meaning in one or two sentences: the notification, and what screen readers read.</param>
public sealed record Card(string Summary, ImmutableArray<CardPart> Parts)
{
    /// <summary>The summary with people, rooms and moments as such, where it names any: a notification shall show names, not ids.</summary>
    public Words? Notice { get; init; }

    public static Card Of(string summary, params ImmutableArray<CardPart> parts) => new(summary, parts);

    public static Card Of(Words summary, params ImmutableArray<CardPart> parts) => new(PlainText.Of(summary), parts) { Notice = summary };

    /// <summary>A card that says one thing.</summary>
    public static Card Say(string sentence) => new(sentence, [new Paragraph(Words.Of(sentence))]);
}

public abstract record CardPart
{
    private protected CardPart()
    {
    }
}

/// <summary>A short title; plain text.</summary>
public sealed record Heading(string Text) : CardPart;

public sealed record Paragraph(Words Text) : CardPart;

/// <summary>Labelled values, two across where there is room.</summary>
public sealed record Facts(ImmutableArray<LabelledValue> Values) : CardPart;

public sealed record LabelledValue(string Label, Words Value);

/// <summary>Something said quietly.</summary>
public sealed record Aside(Words Text) : CardPart;

public sealed record Divider : CardPart;

/// <summary>A row of at most five buttons, the main one first.</summary>
public sealed record Buttons(ImmutableArray<Button> Items) : CardPart;

/// <summary>A button that opens an address. The address may be a secret of whoever is shown the card.</summary>
public sealed record OpenLink(string Label, Uri Address) : CardPart;

/// <param name="Label">The act, such as "Post update".</param>
/// <param name="Incident">The incident it is about; null when about none.</param>
/// <param name="Command">What pressing it types, such as <c>accept manager</c>: parsed and authorised like any typed command.</param>
public sealed record Button(string Label, IncidentId? Incident, string Command, ButtonStyle Style = ButtonStyle.Plain, string? Confirm = null);

public enum ButtonStyle
{
    Plain,
    Primary,
    Danger,
}
