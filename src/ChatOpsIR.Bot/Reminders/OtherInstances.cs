using System.Threading.Channels;
using Hangfire;

namespace ChatOpsIR.Bot.Reminders;

/// <summary>
/// Notices when another instance is gone, so that what it had begun is taken up at once and not by a round of the reconciler half a minute
/// later. It asks Hangfire's database: the record would have to be asked for as long as nothing happens, and each request to a storage account is paid for.
/// </summary>
internal sealed class OtherInstances(JobStorage jobs, Heartbeats heartbeats, JobsOutage outage, TimeProvider time) : BackgroundService
{
    private readonly Channel<bool> gone = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Done when an instance is gone since this was last done.</summary>
    public Task OneIsGoneAsync(CancellationToken cancellationToken) => gone.Reader.ReadAsync(cancellationToken).AsTask();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Heartbeats.Every, time, stoppingToken);
            try
            {
                var servers = jobs.GetMonitoringApi().Servers();
                outage.Answered();
                if (heartbeats.OneIsGone([.. servers.Select(server => (server.Name, server.Heartbeat))]))
                {
                    gone.Writer.TryWrite(true);
                }
            }
            catch (Exception problem)
            {
                // A database that is down. The reconciler goes on by itself.
                outage.Failed(problem);
            }
        }
    }
}
