using System.Diagnostics;

namespace ChatOpsIR.Bot.Tests.Stories;

/// <summary>The executable, as somebody types it.</summary>
public sealed class A_word_that_is_no_command
{
    [Theory]
    [InlineData("exprot", 2, "'exprot' is no command.")]
    [InlineData("--help", 0, "verify export.json")]
    public async Task starts_no_bot_and_shows_what_there_is(string word, int exit, string says)
    {
        var bot = Path.Combine(AppContext.BaseDirectory, "ChatOpsIR.Bot.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { bot, word }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(exit, process.ExitCode);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Contains("export INC-42", said, StringComparison.Ordinal);
    }
}
