using ChatOpsIR.Core.Chat;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.CommandLine;

/// <summary><c>verify file.json</c>: checks an export without trusting whoever made it. Exit 0 intact, 1 broken, 2 unreadable.</summary>
public static class VerifyCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [{ Length: > 0 } path])
        {
            await Console.Error.WriteLineAsync("Name one export: verify inc-42.json");
            return 2;
        }

        try
        {
            await using var export = File.OpenRead(path);
            return await TellAsync(await ExportVerifier.VerifyAsync(export, new FoldedIncident(), CancellationToken.None));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {problem.Message}");
            return 2;
        }
    }

    private static string SummaryOf(Verdict.Intact intact) => intact.NotCompared is { } why
        ? $"The summary named “incident” in the file was not compared with the entries ({why}): they are the record."
        : "The summary named “incident” in the file is what the entries come to.";

    private static async Task<int> TellAsync(Verdict verdict)
    {
        switch (verdict)
        {
            case Verdict.Intact { Count: 0 }:
                await Console.Error.WriteLineAsync("Unreadable: it holds no entry.");
                return 2;
            case Verdict.Intact intact:
                await Console.Out.WriteLineAsync(PlainText.Line(
                    $"Intact: {intact.Organisation}/{intact.Stream}, {intact.Count} entries, head {Convert.ToHexStringLower([.. intact.Head.Hash])}."));
                await Console.Out.WriteLineAsync(PlainText.Line($"Compare that head with one you trust. {SummaryOf(intact)}"));
                return 0;
            case Verdict.Misleading misleading:
                await Console.Out.WriteLineAsync(PlainText.Line($"Broken in the summary named “incident”: {misleading.Why} The entries are intact, and they are the record."));
                return 1;
            case Verdict.Broken broken:
                await Console.Out.WriteLineAsync(PlainText.Line($"Broken at version {broken.Version}: {broken.Why}"));
                return 1;
            case Verdict.Unreadable unreadable:
                await Console.Error.WriteLineAsync(PlainText.Line($"Unreadable: {unreadable.Why}"));
                return 2;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
