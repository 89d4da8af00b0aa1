namespace ChatOpsIR.Bot.Timeline;

/// <summary>What the browser remembers about the reader's taste; the script sets both.</summary>
internal static class PageCookies
{
    public const string Theme = "chatopsir-theme";
}
