using ChatOpsIR.Core;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Organisation;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Reconciliation;

public sealed class A_declaration_that_broke_off : IDisposable
{
    private static readonly IncidentId Incident = new(1);

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly SqliteStorage storage;
    private readonly IncidentStreams streams;
    private readonly Reconciling reconciling;

    public A_declaration_that_broke_off()
    {
        storage = SqliteStorage.Open(new SqliteSettings("default", null) { Time = clock, Inline = true });
        var (bell, nobody, policy) = (new Bell(), new NobodyToWake(), DefaultPolicy.Text);
        streams = new IncidentStreams(storage.Streams, new IncidentRules(policy, storage.Directory, nobody, bell), Execution.Inline, clock);
        var reminding = new Reminding(streams, storage.Directory, nobody, policy, clock);
        reconciling = new Reconciling(streams, storage.Directory, reminding, new Redacting(streams, storage.Streams, storage.Directory), policy, bell, clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => storage.Dispose();

    [Fact]
    public async Task between_the_number_and_its_row_is_found_and_voided()
    {
        await NumberAsync();

        await reconciling.RunAsync(Ct);
        clock.Advance(Reconciling.VoidAfter);
        await reconciling.RunAsync(Ct);

        Assert.Equal(Status.Voided, (await streams.ReadAsync(Incident, Ct)).Status);
    }

    [Fact]
    public async Task keeps_its_ten_minutes_however_often_somebody_looks()
    {
        await NumberAsync();

        for (var minute = 0; minute < 10; minute++)
        {
            await reconciling.RunAsync(Ct);
            Assert.Null((await streams.ReadAsync(Incident, Ct)).Status);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await reconciling.RunAsync(Ct);
        Assert.Equal(Status.Voided, (await streams.ReadAsync(Incident, Ct)).Status);
    }

    private Task<Settled<NumberBook>> NumberAsync() => streams.Numbers.SettleAsync(
        new Order<NumberBook>(new Stamp("slack:cmd:1", clock.GetUtcNow(), Actor.System, Source.Live), "declare", book => book.Number("words")), Ct);

    private sealed class NobodyToWake : IReminders
    {
        public void WakeAt(DateTimeOffset bucket)
        {
        }
    }
}
