using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Storage;

internal static class TestFiles
{
    public static string Path(params ReadOnlySpan<string> parts) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "TestData", .. parts]);

    /// <summary>The vectors of hash format 1.</summary>
    public static JsonObject Vectors() => JsonNode.Parse(File.ReadAllText(Path("record", "format-1.json")))!.AsObject();
}
