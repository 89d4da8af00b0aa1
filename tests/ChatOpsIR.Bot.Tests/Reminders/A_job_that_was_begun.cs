using System.Globalization;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>Belongs to the instance that began it for as long as that one lives, and to another soon after.</summary>
[Collection(nameof(OnPostgreSql))]
public sealed class A_job_that_was_begun(PostgreSqlCluster cluster) : IAsyncLifetime
{
    // No instance runs what stands in it.
    private const string Queue = "by-hand";
    private const string Row = $"FROM chatopsir_default.jobqueue WHERE queue = '{Queue}'";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private string database = "";
    private RemindingBot bot = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await cluster.NewDatabaseAsync();
        bot = await RemindingBot.StartAsync(reconciler: false, settings: RemindingBot.On(database));
        await RemindingBot.UntilAsync("Hangfire never came up.", () => Task.FromResult(bot.Servers() == 1));
        new BackgroundJobClient(bot.Jobs).Create(() => GC.KeepAlive(Queue), new EnqueuedState(Queue));
    }

    [Fact]
    public async Task is_claimed_anew_for_as_long_as_it_lasts()
    {
        using var connection = bot.Jobs.GetConnection();
        using var job = connection.FetchNextJob([Queue], Ct);
        var claimed = await ClaimedAsync();

        await RemindingBot.UntilAsync("Nobody said that the job is still being done.", async () => await ClaimedAsync() > claimed);
        job.RemoveFromQueue();
    }

    [Fact]
    public async Task is_left_to_its_instance_until_that_has_been_silent_for_half_a_minute()
    {
        using var connection = bot.Jobs.GetConnection();
        await WasClaimedAsync(TimeSpan.FromSeconds(10));
        Assert.Throws<OperationCanceledException>(() => Fetch(connection, TimeSpan.FromSeconds(2)));

        await WasClaimedAsync(TimeSpan.FromSeconds(31));
        using var job = Fetch(connection, Soon);
        job.RemoveFromQueue();
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    private static IFetchedJob Fetch(IStorageConnection connection, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within, TimeProvider.System);
        return connection.FetchNextJob([Queue], deadline.Token);
    }

    private async Task<DateTime> ClaimedAsync() => Convert.ToDateTime(await PostgreSqlCluster.AskAsync(database, $"SELECT fetchedat {Row}"), CultureInfo.InvariantCulture);

    // What an instance leaves that claimed it at that time and was not heard of since.
    private async Task WasClaimedAsync(TimeSpan before) =>
        await PostgreSqlCluster.AskAsync(database, $"UPDATE chatopsir_default.jobqueue SET fetchedat = now() - interval '{before.TotalSeconds} seconds' WHERE queue = '{Queue}'");
}
