namespace ChatOpsIR.Playground;

/// <summary>Who and what a new workspace starts with. A workspace that was saved keeps its own people and channels.</summary>
public sealed record WorkspaceSettings
{
    public string Name { get; init; } = "Fernhill";

    public string Domain { get; init; } = "fernhill";

    public string BotName { get; init; } = "ChatOpsIR";

    /// <summary>The slash commands installed with the app; the first is the one that the page suggests.</summary>
    public IReadOnlyList<string> Commands { get; init; } = ["/incident", "/inc"];

    public string BotToken { get; init; } = "xoxb-playground";

    /// <summary>Scopes granted to the bot. Take one away to see <c>missing_scope</c>.</summary>
    public IReadOnlyList<string> BotScopes { get; init; } = AllScopes;

    /// <summary>Slack's token buckets. Off answers everything at once.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Makes the chance of <see cref="Workspace.Chaos"/> repeatable; left out, every start differs.</summary>
    public int? ChaosSeed { get; init; }

    /// <summary>Where response URLs point; the id is appended.</summary>
    public string ResponseUrlBase { get; init; } = "http://127.0.0.1/playground/slack/response/";

    public IReadOnlyList<PersonSeed> People { get; init; } = Cast.People;

    public IReadOnlyList<ChannelSeed> Channels { get; init; } = Cast.Channels;

    public static IReadOnlyList<string> AllScopes { get; } =
    [
        "app_mentions:read", "bookmarks:read", "bookmarks:write", "channels:history", "channels:join", "channels:manage", "channels:read",
        "chat:write", "chat:write.public", "commands", "files:read", "groups:history", "groups:read", "groups:write", "im:history", "im:read",
        "im:write", "mpim:history", "mpim:read", "mpim:write", "pins:read", "pins:write", "reactions:read", "reactions:write", "team:read",
        "users:read", "users:read.email",
    ];
}

/// <summary>A person at the start. <paramref name="ActAs"/> puts them in the page's bar.</summary>
public sealed record PersonSeed(string Handle, string Name, string Title = "", bool ActAs = true, bool Guest = false);

/// <summary>A channel at the start; members are handles, null means everybody who is not a guest.</summary>
public sealed record ChannelSeed(string Name, bool Private = false, IReadOnlyList<string>? Members = null, string Topic = "", bool Bot = false);
