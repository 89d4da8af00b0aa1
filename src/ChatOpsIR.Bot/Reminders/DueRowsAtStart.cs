using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>Wakes Hangfire for everything that was due or will be: its own storage may have been lost.</summary>
internal sealed class DueRowsAtStart(IDirectory directory, IReminders reminders) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await directory.ListDueAsync(DateTimeOffset.MaxValue, int.MaxValue, cancellationToken))
        {
            reminders.WakeAt(row.Bucket);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
