using ChatOpsIR.Bot.Tests;

namespace ChatOpsIR.Benchmarks.Servers;

/// <summary>Microsoft's emulator of Azure Tables, as the tests have it: in memory, on loopback, beside the load and not beside the bot.</summary>
internal sealed class Azurite : IAsyncDisposable
{
    private const string Account = "chatopsir";
    private static readonly string Key = Convert.ToBase64String("a key for tests on loopback only"u8);

    private Azurite(ServerProcess process, Uri address)
    {
        Process = process;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={address};";
    }

    public ServerProcess Process { get; }

    public string ConnectionString { get; }

    public static async Task<Azurite> StartAsync()
    {
        var main = Path.Combine(Repository.Folder, "tests", "azurite", "node_modules", "azurite", "dist", "src", "table", "main.js");
        if (!File.Exists(main))
        {
            throw new InvalidOperationException("Azurite is not there. Run `npm ci --prefix tests/azurite --ignore-scripts`, or the script `run` beside this project.");
        }

        var port = LoopbackPort.Next();
        var process = ServerProcess.Start(
            "node",
            ServerProcess.LoadCore,
            [main, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--tableKeepAliveTimeout", "300"],
            [new("AZURITE_ACCOUNTS", $"{Account}:{Key}")]);
        var azurite = new Azurite(process, new Uri($"http://127.0.0.1:{port}/{Account}"));
        await process.ListensAsync(port);
        return azurite;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
