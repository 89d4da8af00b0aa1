using ChatOpsIR.Bot;
using ChatOpsIR.Bot.CommandLine;
using ChatOpsIR.Bot.Start;
using ChatOpsIR.Playground;

return await CannotStart.TellAsync(() => args switch
{
    ["verify", .. var rest] => VerifyCommand.RunAsync(rest),
    ["export", .. var rest] => ExportCommand.RunAsync(rest),
    ["playground", .. var rest] => RunPlaygroundAsync(rest),
    [var word, ..] when !word.StartsWith('-') => RefuseAsync(word),
    ["--help" or "-h" or "-?", ..] => HelpAsync(Console.Out, 0),
    _ => BotHost.RunAsync(args),
});

static async Task<int> RunPlaygroundAsync(string[] rest)
{
    await PlaygroundProgram.RunAsync(rest);
    return 0;
}

static async Task<int> RefuseAsync(string word)
{
    await Console.Error.WriteLineAsync($"'{word}' is no command.");
    return await HelpAsync(Console.Error, 2);
}

static async Task<int> HelpAsync(TextWriter output, int exit)
{
    await output.WriteLineAsync(
        """
        Without a command the bot starts, with the settings of the README. Otherwise:
          export INC-42         writes the record of an incident as JSON
          verify export.json    says whether a record is as it was written: 0 intact, 1 broken, 2 unreadable
          playground            starts the workspace for trying things out, without a bot
        """);
    return exit;
}
