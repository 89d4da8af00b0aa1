namespace ChatOpsIR.Bot.Start;

/// <summary>Settings that only a later release will heed. Whoever gives one expects something that would silently not happen.</summary>
internal static class LaterSettings
{
    private const string Dashboard = "Hangfire:Dashboard";
    private const string CannotBeInstalled =
        "is set, and this release cannot be installed from a link (OAuth). Take it away, and give the installed app's Slack__BotToken and Slack__SigningSecret.";

    /// <summary>A sentence for each that is given.</summary>
    public static IEnumerable<string> Complaints(IConfiguration settings) =>
    [
        .. About(settings, "Policy:Path", "is set, and this release cannot read a policy from a file: it follows the one that is built in. Take it away."),
        .. settings.GetValue<bool?>(Dashboard) is true
            ? About(settings, Dashboard, "is true, and this release cannot show Hangfire's dashboard. Take it away, or set it to false.")
            : [],
        .. About(settings, "Slack:ClientId", CannotBeInstalled),
        .. About(settings, "Slack:ClientSecret", CannotBeInstalled),
        .. About(settings, "Teams", "is set, and this release cannot speak to Microsoft Teams. Take it away."),
        .. About(settings, "Graph", "is set, and this release cannot speak to Microsoft Graph. Take it away."),
    ];

    // A setting, or every setting that begins with its name. A variable of the name alone is somebody else's.
    private static IEnumerable<string> About(IConfiguration settings, string name, string complaint) =>
        from setting in settings.GetSection(name).AsEnumerable()
        where setting.Key.Contains(':', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(setting.Value)
        select $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)} {complaint}";
}
