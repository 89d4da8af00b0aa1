namespace ChatOpsIR.Playground;

/// <summary>How a playground is hosted. Bound from the section <c>Playground</c> when it runs as its own process.</summary>
public sealed class PlaygroundOptions
{
    public const string Section = "Playground";

    /// <summary>Name of the <see cref="HttpClient"/> that carries deliveries to the bot. Configure its primary handler to stay in process.</summary>
    public const string HttpClientName = "playground";

    /// <summary>Where commands, interactions and events are posted; the paths of the contract are appended.</summary>
    public string BotUrl { get; set; } = "http://127.0.0.1:5080";

    /// <summary>The playground's own address, for response URLs. Left out, it is the address that the server listens on.</summary>
    public string? SelfUrl { get; set; }

    public string SigningSecret { get; set; } = "playground-signing-secret";

    public string BotToken { get; set; } = "xoxb-playground";

    /// <summary>A SQLite file. Left out, the workspace lives in memory.</summary>
    public string? StatePath { get; set; }

    public bool RateLimits { get; set; } = true;

    /// <summary>Makes the chance of the chaos switches repeatable.</summary>
    public int? ChaosSeed { get; set; }

    public string WorkspaceName { get; set; } = "Fernhill";

    /// <summary>How long the bot has to answer, in real time: a network wait does not shorten when somebody pushes the clock forward.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    public IReadOnlyList<PersonSeed> People { get; set; } = Cast.People;

    public IReadOnlyList<ChannelSeed> Channels { get; set; } = Cast.Channels;

    public IReadOnlyList<string> BotScopes { get; set; } = WorkspaceSettings.AllScopes;

    /// <summary>Commands that the composer suggests: what to type, and what it does.</summary>
    public IReadOnlyList<(string Command, string Help)> CommandHints { get; set; } =
    [
        ("/incident declare ", "Open a war room, for example: declare Checkout returns 500s sev:1"),
        ("/incident update ", "Tell everyone what changed; restarts the clock"),
        ("/incident severity sev:2", "Raise or lower the severity, with a reason"),
        ("/incident role manager @", "Hand a role to someone"),
        ("/incident note ", "Put a note into the record"),
        ("/incident resolve ", "Say that it is over and what it was"),
        ("/incident help", "What you can type next"),
    ];

    /// <summary>What the list of channels calls the app's home.</summary>
    public string HomeLabel { get; set; } = "Incident home";

    /// <summary>Global shortcuts of the app: callback id and label.</summary>
    public IReadOnlyList<(string CallbackId, string Label)> Shortcuts { get; set; } = [("declare_incident", "Declare an incident")];

    /// <summary>Message shortcuts of the app: callback id and label.</summary>
    public IReadOnlyList<(string CallbackId, string Label)> MessageShortcuts { get; set; } =
    [
        ("add_to_timeline", "Add to timeline"),
        ("declare_from_message", "Declare from this"),
        ("note_task", "Task stub as note"),
    ];

    public IReadOnlyList<string> Commands { get; set; } = ["/incident", "/inc"];

    internal WorkspaceSettings ToSettings() => new()
    {
        Name = WorkspaceName,
        Domain = new string([.. WorkspaceName.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]) is { Length: > 0 } domain ? domain : "playground",
        BotToken = BotToken,
        BotScopes = BotScopes,
        RateLimits = RateLimits,
        ChaosSeed = ChaosSeed,
        Commands = Commands,
        People = People,
        Channels = Channels,
    };
}
