using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// Two clients of one storage account over the same connections: one for whoever waits for an answer (nothing is tried twice, since two
/// seconds are all there is), one for work in the background, which waits as the service asks it to.
/// </summary>
internal sealed class TableClients
{
    private const int MostConnections = 256;
    private const int MostRetries = 5;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectionsStayFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WorkWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public TableClients(TableSettings settings)
    {
        var transport = settings.Transport ?? new HttpClientTransport(new HttpClient(new RetryAfterWithinReason(LongestWait, settings.Time, new SocketsHttpHandler
        {
            ConnectTimeout = ConnectWithin,
            PooledConnectionLifetime = ConnectionsStayFor,
            MaxConnectionsPerServer = MostConnections,
        })));
        Clock = new StoreClock(settings.Time);
        Outage = new StoreOutage(settings.Time, settings.Log);
        var identity = new WatchedIdentity(settings.Identity ?? new DefaultAzureCredential(), Outage, settings.Time);
        Answering = Open(settings, identity, Options(transport, retry =>
        {
            retry.MaxRetries = 0;
            retry.NetworkTimeout = AnswerWithin;
        }));
        Working = Open(settings, identity, Options(transport, retry =>
        {
            retry.MaxRetries = MostRetries;
            retry.Mode = RetryMode.Exponential;
            retry.Delay = FirstWait;
            retry.MaxDelay = LongestWait;
            retry.NetworkTimeout = WorkWithin;
        }));
    }

    /// <summary>Clients of somebody else's making.</summary>
    public TableClients(TableServiceClient answering, TableServiceClient working, StoreClock clock) =>
        (Answering, Working, Clock, Outage) = (answering, working, clock, new StoreOutage(TimeProvider.System, NullLogger.Instance));

    public TableServiceClient Answering { get; }

    public TableServiceClient Working { get; }

    public StoreClock Clock { get; }

    public StoreOutage Outage { get; }

    private static TableServiceClient Open(TableSettings settings, TokenCredential identity, TableClientOptions options) =>
        settings.Endpoint is { } endpoint
            ? new TableServiceClient(endpoint, identity, options)
            : new TableServiceClient(settings.ConnectionString, options);

    private TableClientOptions Options(HttpPipelineTransport transport, Action<RetryOptions> retry)
    {
        var options = new TableClientOptions { Transport = transport };
        retry(options.Retry);
        options.AddPolicy(Clock, HttpPipelinePosition.PerRetry);
        options.AddPolicy(Outage, HttpPipelinePosition.PerRetry);

        // The operations are activities of our own, and a log line for each request would drown what matters.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        return options;
    }
}
