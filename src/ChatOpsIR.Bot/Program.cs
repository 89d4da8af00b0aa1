using ChatOpsIR.Bot;
using ChatOpsIR.Bot.CommandLine;
using ChatOpsIR.Playground;

return args switch
{
    ["verify", .. var rest] => await VerifyCommand.RunAsync(rest),
    ["export", .. var rest] => await ExportCommand.RunAsync(rest),
    ["playground", .. var rest] => await RunPlaygroundAsync(rest),
    _ => await BotHost.RunAsync(args),
};

static async Task<int> RunPlaygroundAsync(string[] rest)
{
    await PlaygroundProgram.RunAsync(rest);
    return 0;
}
