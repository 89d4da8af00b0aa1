using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Reminders;

[Collection(nameof(OnPostgreSql))]
public sealed class Two_instances_on_one_database(PostgreSqlCluster cluster)
{
    [Fact]
    public async Task tell_each_occurrence_once()
    {
        var cadence = TimeSpan.FromSeconds(2);
        var jobs = RemindingBot.On(await cluster.NewDatabaseAsync());
        using var record = SqliteStorage.Open(new SqliteSettings("default", null));
        await using var first = await RemindingBot.StartAsync(cadence: cadence, reconciler: false, settings: jobs, shared: record);

        // The second has the first one's playground for its Slack.
        var playground = new PlaygroundOptions();
        await using var second = await RemindingBot.StartAsync(cadence: cadence, reconciler: false, shared: record, settings:
        [
            .. jobs, $"--Slack:ApiBaseUrl={first.Address}playground/slack/api/", $"--Slack:SigningSecret={playground.SigningSecret}", $"--Slack:BotToken={playground.BotToken}",
        ]);
        await RemindingBot.UntilAsync("The two never met in the database.", () => Task.FromResult(first.Servers() == 2));
        await first.TypesAsync("incidents", "declare Lights out");
        await first.UntilToldAsync(4);
        await first.TypesAsync("inc-1-lights-out", "resolve Power is back");

        await Each.WasToldOnceAsync(first);
    }
}
