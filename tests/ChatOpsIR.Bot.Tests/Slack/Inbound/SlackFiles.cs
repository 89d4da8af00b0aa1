namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

internal static class SlackFiles
{
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TestData", "slack", name));

    public static byte[] Example(string name) => Read(Path.Combine("inbound", name));
}
