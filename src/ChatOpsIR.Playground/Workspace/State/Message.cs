using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatOpsIR.Playground;

/// <summary>A message and what became of it. Deleted ones are kept, so that a checker can see that they existed.</summary>
public sealed class Message
{
    public required string Channel { get; init; }

    public required string Ts { get; init; }

    public string User { get; init; } = "";

    public string Text { get; set; } = "";

    public string? Subtype { get; init; }

    public bool FromBot { get; init; }

    public string? ThreadTs { get; set; }

    public string? ClientMessageId { get; init; }

    public JsonArray? Blocks { get; set; }

    public JsonArray? Attachments { get; set; }

    public JsonObject? Metadata { get; set; }

    public JsonArray? Files { get; init; }

    /// <summary>Fields that only this subtype has: topic, inviter, old_name.</summary>
    public JsonObject? Extra { get; init; }

    public bool Broadcast { get; set; }

    public Edited? Edited { get; set; }

    public List<Reaction> Reactions { get; init; } = [];

    public Pinned? Pinned { get; set; }

    /// <summary>Deleted while it had replies: readers see a stone where it stood.</summary>
    public bool Tombstone { get; set; }

    public bool Deleted { get; set; }

    public string? GoneBy { get; set; }

    public long GoneAt { get; set; }

    /// <summary>Earlier texts, oldest first.</summary>
    public List<string> EarlierTexts { get; init; } = [];

    [JsonIgnore]
    public bool IsReply => ThreadTs is not null && ThreadTs != Ts;

    /// <summary>Shown in the channel itself, not only in a thread.</summary>
    [JsonIgnore]
    public bool InChannel => !IsReply || Broadcast;

    [JsonIgnore]
    public bool Visible => !Deleted;
}

public sealed record Edited(string User, string Ts);

public sealed record Pinned(string By, long At);

public sealed class Reaction
{
    public required string Name { get; init; }

    public List<string> Users { get; init; } = [];
}
