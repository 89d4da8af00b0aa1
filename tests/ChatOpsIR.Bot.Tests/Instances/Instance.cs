using System.Diagnostics;
using ChatOpsIR.Bot.Tests.Crashes;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>One of several bots on one record: a process that can be stopped, killed, put to sleep and started again.</summary>
internal sealed class Instance(int number, Func<int, Dictionary<string, string>> settings) : IAsyncDisposable
{
    private BotProcess? process;

    public int Number => number;

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Next()}");

    public bool IsRunning => process is { Ended.IsCompleted: false };

    /// <summary>Its log since it was started last.</summary>
    public string Said => process?.Said ?? "";

    public async Task StartAsync()
    {
        await DisposeAsync();
        Start();
        await process!.ReadyAsync();
    }

    /// <summary>Starts it, whether it will ever be ready or not.</summary>
    public void Start() => process = BotProcess.Start(Address, settings(number));

    /// <summary>As an orchestrator stops it: it is asked to, and finishes what it is at.</summary>
    public Task StopAsync() => EndAsync("TERM");

    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Stops it in the middle of an instruction, as a paused machine does; it does not notice.</summary>
    public Task SleepAsync() => SignalAsync("STOP");

    public Task WakeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    private async Task EndAsync(string signal)
    {
        await SignalAsync(signal);
        await process!.Ended;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process!.Id}"]);
        await kill.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, kill.ExitCode);
    }
}
