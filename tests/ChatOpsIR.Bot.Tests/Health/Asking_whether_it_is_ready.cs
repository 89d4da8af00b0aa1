using System.Diagnostics;
using System.Net;
using ChatOpsIR.Bot.Tests.Reminders;
using ChatOpsIR.Bot.Tests.Storage;
using ChatOpsIR.Bot.Tests.Storage.Tables;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;

namespace ChatOpsIR.Bot.Tests.Health;

/// <summary>A load balancer waits for a few seconds: whatever the store does, it gets an answer and the reason.</summary>
public sealed class Asking_whether_it_is_ready(Azurite azurite)
{
    // Two seconds by its own clock, and what a busy machine adds to them.
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(5);

    private static readonly IncidentId One = new(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Trouble.Lost))]
    [InlineData(nameof(Trouble.AnswerLost))]
    [InlineData(nameof(Trouble.Broken))]
    [InlineData(nameof(Trouble.Busy))]
    public async Task is_answered_in_time_while_the_store_answers_nothing(string trouble)
    {
        using var troubles = new Troubles();
        using var storage = await Accounts.NewAsync(azurite, TimeProvider.System, troubles);
        await using var bot = await RemindingBot.StartAsync(shared: storage);
        using var http = new HttpClient { BaseAddress = bot.Address };
        await bot.UntilReadyAsync();
        troubles.Choose = (_, _) => Enum.Parse<Trouble>(trouble);

        var watch = Stopwatch.StartNew();
        using var answer = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Ct);

        Assert.True(watch.Elapsed < InTime, $"It was answered in {watch.Elapsed}.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("The store does not answer: ", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        troubles.Choose = (_, _) => Trouble.None;
        await bot.UntilReadyAsync();
    }

    [Fact]
    public async Task is_answered_with_yes_only_once_open_incidents_have_snapshots_of_this_release()
    {
        using var storage = SqliteStorage.Open(new SqliteSettings("default", null));
        var declared = Drafts.Note("declared") with { Fact = new IncidentDeclared("Lights out", Severity.Sev4, false, "slack", "T1", "inc-1-lights-out", null, "default-1") };
        await storage.Streams.AppendAsync(One.Stream, Head.Empty, [declared, .. Drafts.Notes(40)], Ct);
        await storage.Directory.TouchActiveAsync(One, Ct);
        await using var bot = await RemindingBot.StartAsync(shared: storage);
        await bot.UntilReadyAsync();

        Assert.Equal(41, (await storage.Streams.ReadSnapshotAsync<Incident>(One.Stream, Ct))?.Head.Version);
    }
}
