namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

/// <summary>Files of this repository, so that tests read what is committed and no copy of it.</summary>
internal static class Repository
{
    public static string PathOf(params ReadOnlySpan<string> parts)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChatOpsIR.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine([folder, .. parts]);
    }
}
