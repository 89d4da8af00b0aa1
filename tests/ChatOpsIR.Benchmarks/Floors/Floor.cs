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

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
