using System.Diagnostics;
using System.Globalization;
using ChatOpsIR.Bot.Tests.Slack.Outbound;
using ChatOpsIR.Playground;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Playground;

public class Slacks_own_client
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gets_along_with_the_playground()
    {
        var folder = Repository.PathOf("tests", "fidelity");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "Slack's client is not installed: run `npm ci` in tests/fidelity, as tests/run does.");

        var botPort = LoopbackPort.Next();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPlayground(builder.Environment, options => options.BotUrl = $"http://127.0.0.1:{botPort}");
        await using var app = builder.Build();
        app.MapPlayground();
        await app.StartAsync(Ct);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        var (exit, said) = await DriveAsync(folder, address, botPort);
        Assert.True(exit == 0, said);
    }

    private static async Task<(int Exit, string Said)> DriveAsync(string folder, string playground, int botPort)
    {
        var start = new ProcessStartInfo("node", "drive.mjs") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PLAYGROUND"] = playground;
        start.Environment["BOT_PORT"] = botPort.ToString(CultureInfo.InvariantCulture);
        using var node = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(Patience);
        var said = Task.WhenAll(node.StandardOutput.ReadToEndAsync(Ct), node.StandardError.ReadToEndAsync(Ct));
        try
        {
            await node.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            node.Kill(entireProcessTree: true);
            return (-1, $"drive.mjs was still running after {Patience.TotalMinutes} minutes. {string.Concat(await said)}");
        }

        return (node.ExitCode, string.Concat(await said));
    }
}
