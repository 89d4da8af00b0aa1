using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Bot.Tests.Storage.Drafts;

namespace ChatOpsIR.Bot.Tests.Storage;

/// <summary>What every keeper of leases has to keep.</summary>
public abstract class LeaseContract : IDisposable
{
    private static readonly IncidentId Incident = new(42);

    protected SteppedTime Time { get; } = new(Now);

    protected abstract ILeases Leases { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_holder_knows_that_nothing_was_ever_tried()
    {
        var lease = await Take();

        Assert.Equal(0, lease.SettledThrough);
    }

    [Fact]
    public async Task A_held_lease_is_given_to_nobody_else()
    {
        await Take();
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromSeconds(4.9));

        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Assert.NotNull(await Leases.TryTakeAsync(new IncidentId(43), Token));
    }

    [Fact]
    public async Task A_lease_that_ran_out_leaves_open_what_was_tried()
    {
        var first = await Take();
        var second = await TakeOver();

        Assert.Null(second.SettledThrough);
        Assert.True(second.Fence > first.Fence);
        Assert.NotEqual(first.Holder, second.Holder);
    }

    [Fact]
    public async Task A_lease_given_back_tells_the_next_holder_what_is_settled()
    {
        var first = await Take();

        await Leases.ReleaseAsync(first, 17, Token);
        var second = await Take();

        Assert.Equal(17, second.SettledThrough);
        Assert.True(second.Fence > first.Fence);
    }

    [Fact]
    public async Task A_renewed_lease_lasts_five_seconds_more()
    {
        var lease = await Take();
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(await Leases.RenewAsync(lease, Token));
        Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));

        Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromSeconds(0.1));
        await Take();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task No_clock_that_is_set_ends_a_lease_or_prolongs_it(int hours)
    {
        await Take();
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.SetClock(TimeSpan.FromHours(hours));
        Time.Advance(TimeSpan.FromSeconds(4.9));

        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromSeconds(0.1));
        await Take();
    }

    [Fact]
    public async Task An_asker_who_was_away_has_seen_nothing_of_the_renewals()
    {
        var lease = await Take();
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Leases.RenewAsync(lease, Token));

        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
    }

    [Fact]
    public async Task A_lost_lease_cannot_be_renewed()
    {
        var lost = await Take();
        await TakeOver();

        Assert.False(await Leases.RenewAsync(lost, Token));
    }

    [Fact]
    public async Task A_lease_given_back_cannot_be_renewed()
    {
        var lease = await Take();
        await Leases.ReleaseAsync(lease, 1, Token);

        Assert.False(await Leases.RenewAsync(lease, Token));
    }

    [Fact]
    public async Task A_lost_lease_given_back_late_changes_nothing()
    {
        var lost = await Take();
        await TakeOver();

        await Leases.ReleaseAsync(lost, 99, Token);

        Assert.Null((await TakeOver()).SettledThrough);
    }

    [Fact]
    public async Task Of_many_who_want_it_one_gets_it()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Leases.TryTakeAsync(Incident, Token)));

        Assert.Single(taken, lease => lease is not null);
    }

    [Fact]
    public async Task The_fence_never_falls_however_a_lease_ends()
    {
        var fences = new List<long>();
        for (var holder = 0; holder < 4; holder++)
        {
            var lease = holder % 2 == 1 || holder == 0 ? await Take() : await TakeOver();
            fences.Add(lease.Fence);
            if (holder % 2 == 0)
            {
                await Leases.ReleaseAsync(lease, holder, Token);
            }
        }

        Assert.Equal(fences.Distinct().Order(), fences);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_renewed_or_free_and_never_both()
    {
        var lease = await Take();
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(TimeSpan.FromSeconds(5));

        var renewed = await Leases.RenewAsync(lease, Token);

        Assert.Equal(renewed, await Leases.TryTakeAsync(Incident, Token) is null);
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract void Close();

    protected async Task<Lease> Take()
    {
        var lease = await Leases.TryTakeAsync(Incident, Token);
        Assert.NotNull(lease);
        return lease;
    }

    // Nobody renews it.
    protected async Task<Lease> TakeOver()
    {
        Assert.Null(await Leases.TryTakeAsync(Incident, Token));
        Time.Advance(Lease.Length);
        return await Take();
    }
}
