using System.Runtime.CompilerServices;
using System.Text;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>
/// Files that say what is stored, and are for ever. With <c>UPDATE_GOLDEN=1</c> in the environment, missing ones are written into the
/// source tree; ones that are there are never touched.
/// </summary>
internal static class Golden
{
    public static void Is(string name, ReadOnlySpan<byte> stored)
    {
        var path = TestFiles.Path("facts", $"{name}.json");
        var source = Path.Combine(Source(), $"{name}.json");
        if (!File.Exists(source) && Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllBytes(source, stored);
            return;
        }

        Assert.True(File.Exists(path), $"'{name}' has no golden file. Run this test once with UPDATE_GOLDEN=1 and commit what it wrote.");
        Assert.Equal(File.ReadAllText(path), Encoding.UTF8.GetString(stored));
    }

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "TestData", "facts");
}
