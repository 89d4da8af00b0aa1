using ChatOpsIR.Benchmarks.Servers;
using ChatOpsIR.Bot.Tests;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>A floor that runs, as a process of its own on the core on which the bot has its turns.</summary>
internal sealed record Floor(ServerProcess Server, Uri Address) : IAsyncDisposable
{
    /// <param name="kind">Of <see cref="FloorServer"/>.</param>
    public static async Task<Floor> StartAsync(string kind)
    {
        var port = LoopbackPort.Next();
        var floor = new Floor(
            ServerProcess.StartDotnet("ChatOpsIR.Benchmarks.dll", ServerProcess.ServerCore, ["floor", kind, $"{port}"]), new Uri($"http://127.0.0.1:{port}"));
        await floor.Server.AnswersAsync(floor.Address);
        return floor;
    }

    /// <summary>Bolt, installed as it is for production.</summary>
    public static async Task<Floor> StartBoltAsync()
    {
        var folder = Path.Combine(Repository.Folder, "tests", "ChatOpsIR.Benchmarks", "Floors", "bolt");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException($"Bolt is not there. Run `npm ci --ignore-scripts` in {folder}, or the script `run` beside this project.");
        }

        var port = LoopbackPort.Next();
        var server = ServerProcess.Start(
            "node", ServerProcess.ServerCore, [Path.Combine(folder, "app.mjs"), $"{port}", FloorServer.Secret], [new("NODE_ENV", "production")]);
        await server.ListensAsync(port);
        return new Floor(server, new Uri($"http://127.0.0.1:{port}"));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
