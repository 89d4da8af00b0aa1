using System.Diagnostics;
using ChatOpsIR.Bot.Tests.Slack.Outbound;
using ChatOpsIR.Bot.Tests.Storage.Tables;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>Microsoft's emulator of Azure Tables, started once on loopback for whoever asks first. It keeps everything in memory.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "chatopsir";
    private static readonly string Key = Convert.ToBase64String("a key for tests on loopback only"u8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private readonly Lock gate = new();
    private Process? process;
    private Task<string>? started;

    /// <summary>What the bot is to be told to work on it.</summary>
    public Task<string> ConnectionStringAsync()
    {
        lock (gate)
        {
            return started ??= StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        process?.Dispose();
    }

    private async Task<string> StartAsync()
    {
        var main = Repository.PathOf("tests", "azurite", "node_modules", "azurite", "dist", "src", "table", "main.js");
        Assert.True(File.Exists(main), "Azurite is not there. Run `npm ci --prefix tests/azurite`, or bash tests/run, which does it.");
        var port = LoopbackPort.Next();
        process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                main, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent", "--disableTelemetry",
                "--skipApiVersionCheck", "--tableKeepAliveTimeout", "300",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = $"http://127.0.0.1:{port}/{Account}";
        await AnswersAsync(new Uri(address));
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={address};";
    }

    private async Task AnswersAsync(Uri address)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            Assert.False(process!.HasExited, "Azurite ended while it started.");
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"Azurite did not start within {Patience}.");
            try
            {
                // Whatever it says, it answers.
                using var answer = await Http.GetAsync(address);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
