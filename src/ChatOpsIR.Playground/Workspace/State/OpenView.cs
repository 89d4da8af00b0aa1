using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>A form (modal) that somebody has open, or somebody's home tab.</summary>
public sealed class OpenView
{
    public required string Id { get; init; }

    public required string User { get; init; }

    /// <summary>As the app sent it: type, title, blocks, submit, close and so on.</summary>
    public required JsonObject View { get; set; }

    public required string Hash { get; set; }

    public required string RootId { get; init; }

    public string? PreviousId { get; init; }

    /// <summary>What has been typed so far, in Slack's <c>state.values</c> form.</summary>
    public JsonObject Values { get; set; } = [];

    /// <summary>Sentences under fields after a refused submit, by block id.</summary>
    public Dictionary<string, string> Errors { get; set; } = [];

    public string Type => View["type"]?.GetValue<string>() ?? "modal";
}

/// <summary>"Only you can see this": never stored, gone after a restart.</summary>
public sealed class Ephemeral
{
    public required string Ts { get; init; }

    public required string User { get; init; }

    public required string Channel { get; init; }

    public required string Text { get; set; }

    public JsonArray? Blocks { get; set; }

    public string? ThreadTs { get; init; }

    /// <summary>From Slackbot (a failed command), not from the bot.</summary>
    public bool FromSlackbot { get; init; }
}

/// <summary>An address that accepts a few late answers to one command or click.</summary>
public sealed class ResponseUrl
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required string Channel { get; init; }

    public string? SourceTs { get; init; }

    public bool SourceIsEphemeral { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public int Uses { get; set; }
}
