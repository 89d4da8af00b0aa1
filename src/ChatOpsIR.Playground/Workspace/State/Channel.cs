using System.Text.Json.Serialization;

namespace ChatOpsIR.Playground;

public enum ChannelKind
{
    Public,
    Private,
    Direct,
}

/// <summary>A channel or a direct conversation.</summary>
public sealed class Channel
{
    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public required ChannelKind Kind { get; init; }

    public string Creator { get; init; } = "";

    public long Created { get; init; }

    public Heading Topic { get; set; } = Heading.None;

    public Heading Purpose { get; set; } = Heading.None;

    public bool Archived { get; set; }

    public bool IsGeneral { get; init; }

    public List<string> Members { get; init; } = [];

    public List<string> PreviousNames { get; init; } = [];

    public List<Bookmark> Bookmarks { get; init; } = [];

    /// <summary>Last message each person has seen, by person.</summary>
    public Dictionary<string, string> LastRead { get; init; } = [];

    /// <summary>The word that events use for this kind of conversation.</summary>
    [JsonIgnore]
    public string TypeWord => Kind switch { ChannelKind.Public => "channel", ChannelKind.Private => "group", _ => "im" };
}

/// <summary>A topic or purpose: what, by whom, since when.</summary>
public sealed record Heading(string Value, string By, long At)
{
    public static Heading None { get; } = new("", "", 0);
}

public sealed record Bookmark(string Id, string Title, string Link, string Type, string Emoji, long Created, string By);
