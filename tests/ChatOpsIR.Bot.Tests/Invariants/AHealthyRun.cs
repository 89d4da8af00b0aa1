using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Playground;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>The files that a real bot left behind after an incident in which nothing went wrong, and ways to spoil copies of them.</summary>
public sealed class AHealthyRun : IAsyncLifetime
{
    private const string Room = "inc-1-checkout-returns-500s";

    private readonly string folder = Directory.CreateTempSubdirectory("chatopsir-").FullName;
    private int copies;

    internal WorkspaceView Workspace { get; private set; } = null!;

    private string Record => Path.Combine(folder, "record.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using (var bot = await RunningBot.StartAsync($"--Storage:Path={Record}"))
        {
            await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
            await RunningBot.EventuallyAsync("the room is as it should be", async () => await Said(bot, "SEV1, open.", "set the channel topic") && await IsQuietAsync(bot));
            await bot.ActAsync("mara", "message", Room, "Rolling back now");
            await bot.TypesAsync("mara", Room, "/incident role communications @priya");
            await bot.TypesAsync("priya", Room, "/incident accept");
            await bot.TypesAsync("priya", Room, "/incident update Errors are falling");
            await RunningBot.EventuallyAsync("all of it is told", async () => await Said(bot, "Rolling back now", "Errors are falling") && await IsQuietAsync(bot));
        }

        using var workspace = new Workspace(new WorkspaceSettings(), TimeProvider.System, new SqliteJournal(Path.ChangeExtension(Record, ".playground.db")));
        Workspace = workspace.Look();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the checker says when people see this and the record is as it was.</summary>
    internal Task<IReadOnlyList<string>> WithWorkspaceAsync(Func<WorkspaceView, WorkspaceView> spoil) => CheckAsync(Copy(), spoil(Workspace));

    /// <summary>What the checker says after statements that the bot would never run.</summary>
    internal Task<IReadOnlyList<string>> WithRowsAsync(string sql)
    {
        var copy = Copy();
        using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of these tests.
            command.CommandText = $"DROP TRIGGER entries_stay; DROP TRIGGER entries_are_final; {sql}";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        return CheckAsync(copy, Workspace);
    }

    /// <summary>What the checker says when the record tells more, in an unbroken chain.</summary>
    internal Task<IReadOnlyList<string>> WithFactsAsync(params Fact[] facts) => WithFactsAsync(Source.Self, facts);

    /// <summary>As <see cref="WithFactsAsync(Fact[])"/>, for facts that came another way.</summary>
    internal async Task<IReadOnlyList<string>> WithFactsAsync(Source source, params Fact[] facts)
    {
        var copy = Copy();
        using (var storage = SqliteStorage.Open(new SqliteSettings("default", copy)))
        {
            var stream = new IncidentId(1).Stream;
            var head = (await storage.Streams.ReadAsync(stream, 0, 1000, Ct)).Head;
            var stamp = new Stamp(null, TimeProvider.System.GetUtcNow(), Actor.System, source);
            var drafts = facts.Select(fact => new Draft(stamp, fact, [], [], new Outcome("planted", 1))).ToList();
            Assert.IsType<AppendResult.Appended>(await storage.Streams.AppendAsync(stream, head, drafts, Ct));
        }

        return await CheckAsync(copy, Workspace);
    }

    /// <summary>What the checker says when a snapshot of the incident was kept that is like this.</summary>
    internal async Task<IReadOnlyList<string>> WithSnapshotAsync(int version, Func<Incident, Incident> spoil)
    {
        var copy = Copy();
        using (var storage = SqliteStorage.Open(new SqliteSettings("default", copy)))
        {
            // A newer one, which a long run leaves behind, would stay.
            await storage.Loop.WriteAsync(session => session.Execute("DELETE FROM snapshots"), Ct);
            var id = new IncidentId(1);
            var slice = await storage.Streams.ReadAsync(id.Stream, 0, version, Ct);
            var state = IncidentRecord.Fold(id, slice.Entries, null).Now;
            await storage.Streams.SaveSnapshotAsync(id.Stream, new Snapshot<Incident>(spoil(state), slice.Head), Ct);
        }

        return await CheckAsync(copy, Workspace);
    }

    internal Task<IReadOnlyList<string>> WithAcknowledgementAsync(Acknowledged told) => CheckAsync(Copy(), Workspace, evidence => evidence with { Acknowledged = [told] });

    internal Task<IReadOnlyList<string>> AtAsync(DateTimeOffset now) => CheckAsync(Copy(), Workspace, evidence => evidence with { Now = now });

    private static async Task<IReadOnlyList<string>> CheckAsync(string path, WorkspaceView view, Func<Evidence, Evidence>? change = null)
    {
        using var storage = SqliteStorage.OpenReadOnly(path);
        var evidence = new Evidence(storage, view, DefaultPolicy.Text);
        return await InvariantCheck.BrokenAsync(change?.Invoke(evidence) ?? evidence, Ct);
    }

    private string Copy()
    {
        var copy = Path.Combine(folder, $"copy-{Interlocked.Increment(ref copies)}.db");
        File.Copy(Record, copy);
        return copy;
    }

    private static async Task<bool> Said(RunningBot bot, params string[] words)
    {
        var told = string.Join('\n', await bot.TimelineAsync("INC-1"));
        return words.All(word => told.Contains(word, StringComparison.Ordinal));
    }

    // The record grows as long as something is under way; two looks a moment apart that agree mean that nothing is.
    private static async Task<bool> IsQuietAsync(RunningBot bot)
    {
        var before = (await bot.TimelineAsync("INC-1")).Length;
        await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, Ct);
        return before == (await bot.TimelineAsync("INC-1")).Length;
    }
}
