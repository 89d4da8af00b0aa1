using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Reminders;

/// <summary>
/// One record and one database of Hangfire's, and no reconciler: whichever instance a job happens to run on must tell what is due. Their
/// clocks are not quite the same, so that a job of the one may come to the other before its second.
/// </summary>
[Collection(nameof(OnPostgreSql))]
public sealed class Two_instances_on_one_database(PostgreSqlCluster cluster)
{
    private const int Reminders = 6;
    private static readonly TimeSpan Cadence = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task whose_clocks_differ_tell_each_occurrence_once()
    {
        var jobs = RemindingBot.On(await cluster.NewDatabaseAsync());
        using var record = SqliteStorage.Open(new SqliteSettings("default", null));
        await using var first = await RemindingBot.StartAsync(cadence: Cadence, reconciler: false, settings: jobs, shared: record);

        // The second has the first one's playground for its Slack.
        var playground = new PlaygroundOptions();
        await using var second = await RemindingBot.StartAsync(cadence: Cadence, reconciler: false, shared: record, clock: new Late(), settings:
        [
            .. jobs, $"--Slack:ApiBaseUrl={first.Address}playground/slack/api/", $"--Slack:SigningSecret={playground.SigningSecret}", $"--Slack:BotToken={playground.BotToken}",
        ]);
        await RemindingBot.UntilAsync("The two never met in the database.", () => Task.FromResult(first.Servers() == 2));
        await first.TypesAsync("incidents", "declare Lights out");
        await first.UntilToldAsync(Reminders);
        await first.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(first);
    }

    /// <summary>As far behind as an instance may be, beside one that is right.</summary>
    private sealed class Late : TimeProvider
    {
        private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1.9);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - Behind;
    }
}
