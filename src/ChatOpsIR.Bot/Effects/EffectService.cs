using ChatOpsIR.Core;

namespace ChatOpsIR.Bot.Effects;

/// <summary>Lets the runner listen before anything rings, and waits for it when the bot stops.</summary>
internal sealed class EffectService(EffectRunner runner) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        runner.Start(stopping.Token);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await runner.QuietAsync().WaitAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();
}
