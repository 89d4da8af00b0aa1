using System.Text.Json.Serialization;

namespace ChatOpsIR.Playground;

public enum DeliveryKind
{
    Event,
    Command,
    Interactivity,
    Options,
}

/// <summary>Something that the bot must hear, ready to be signed and posted.</summary>
public sealed record Delivery
{
    public required long Id { get; init; }

    public required DeliveryKind Kind { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Who caused it.</summary>
    public required string Actor { get; init; }

    /// <summary>Identical on every retry; only events have one.</summary>
    public string? EventId { get; init; }

    /// <summary>Deliveries with the same key keep their order (the channel, for events).</summary>
    public string OrderKey { get; init; } = "";

    /// <summary>What an answer refers to: where the command was typed, which form was sent.</summary>
    public DeliveryContext Context { get; init; } = new();

    /// <summary>The path at the bot.</summary>
    [JsonIgnore]
    public string Path => Kind switch
    {
        DeliveryKind.Event => "/slack/events",
        DeliveryKind.Command => "/slack/commands",
        DeliveryKind.Options => "/slack/options",
        _ => "/slack/interactivity",
    };
}

/// <summary>Where a delivery came from, so that its answer can be shown.</summary>
public sealed record DeliveryContext
{
    public string? Channel { get; init; }

    public string? Command { get; init; }

    public string? TypedText { get; init; }

    public string? ViewId { get; init; }

    /// <summary>block_actions, view_submission, view_closed, shortcut, message_action or block_suggestion.</summary>
    public string? Type { get; init; }
}
