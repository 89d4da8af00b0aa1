using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

public sealed class Sharing_a_commit : IDisposable
{
    private readonly Databases _databases = new();
    private readonly SqliteStorage _storage;
    private readonly FakeTimeProvider _time = new(Now);
    private readonly ManualResetEventSlim _go = new();

    public Sharing_a_commit() => _storage = _databases.File(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task spoils_nobody_s_work_when_one_of_them_fails()
    {
        var blocked = Block();
        var good = _storage.Streams.AppendAsync(new StreamId("INC-1"), Head.Empty, [Note("c1")], Token);
        var moved = _storage.Streams.AppendAsync(new StreamId("INC-2"), Head.Empty with { Version = 7 }, [Note("c1")], Token);
        var broken = _storage.Loop.WriteAsync<int>(session => session.Execute("INSERT INTO nowhere VALUES (1)"), Token);
        var also = _storage.Streams.AppendAsync(new StreamId("INC-1"), Head.Empty, [Note("c1")], Token);
        _go.Set();
        await blocked;

        Assert.IsType<AppendResult.Appended>(await good);
        Assert.IsType<AppendResult.Moved>(await moved);
        await Assert.ThrowsAsync<StoreException>(() => broken);
        Assert.IsType<AppendResult.Repeated>(await also);
        Assert.Equal(1, (await _storage.Streams.ReadAsync(new StreamId("INC-1"), 0, 10, Token)).Head.Version);
    }

    [Fact]
    public async Task gives_a_lease_that_ran_out_also_when_a_neighbour_fails()
    {
        var incident = new IncidentId(42);
        await _storage.Leases.TryTakeAsync(incident, Token);
        await _storage.Leases.TryTakeAsync(incident, Token);
        _time.Advance(Lease.Length);

        var blocked = Block();
        var taken = _storage.Leases.TryTakeAsync(incident, Token);
        var broken = _storage.Loop.WriteAsync<int>(session => session.Execute("INSERT INTO nowhere VALUES (1)"), Token);
        _go.Set();
        await blocked;

        await Assert.ThrowsAsync<StoreException>(() => broken);
        Assert.NotNull(await taken);
    }

    [Fact]
    public async Task is_left_by_whoever_runs_out_of_time_while_waiting()
    {
        using var deadline = new CancellationTokenSource();
        var blocked = Block();
        var late = _storage.Streams.AppendAsync(Incident42, Head.Empty, [Note("c1")], deadline.Token);

        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);

        _go.Set();
        await blocked;
        Assert.Null(await _storage.Streams.FindAsync(Incident42, "c1", Token));
    }

    [Fact]
    public async Task gives_an_unknown_outcome_to_whoever_runs_out_of_time_in_the_middle()
    {
        using var deadline = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = _storage.Loop.WriteAsync(
            _ =>
            {
                started.SetResult();
                _go.Wait(Token);
                return 1;
            },
            deadline.Token);
        await started.Task;

        await deadline.CancelAsync();

        await Assert.ThrowsAsync<StoreException>(() => late);
        _go.Set();
    }

    [Fact]
    public async Task does_not_hold_up_readers()
    {
        var blocked = Block();

        Assert.Equal(0, (await _storage.Streams.ReadAsync(Incident42, 0, 10, Token)).Head.Version);
        _go.Set();
        await blocked;
    }

    [Fact]
    public async Task ends_with_what_waits_when_the_database_is_closed()
    {
        var blocked = Block();
        var waiting = _storage.Streams.AppendAsync(Incident42, Head.Empty, [Note("c1")], Token);
        _go.Set();
        _storage.Dispose();

        await blocked;
        Assert.IsType<AppendResult.Appended>(await waiting);
        await Assert.ThrowsAsync<StoreException>(() => _storage.Streams.AppendAsync(Incident42, Head.Empty, [Note("c2")], Token));
    }

    public void Dispose()
    {
        _go.Set();
        _databases.Dispose();
        _go.Dispose();
    }

    /// <summary>Keeps the writer busy, so that what comes next shares one transaction.</summary>
    private Task<int> Block() => _storage.Loop.AloneAsync(
        _ =>
        {
            _go.Wait(Token);
            return 0;
        },
        Token);
}
