using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class Stopping_in_the_middle
{
    [Fact]
    public async Task of_a_question_to_the_store_is_no_failure_of_the_store()
    {
        using var first = new TestBot();
        await first.DeclaredAsync();
        var bot = first.Beside(new Silent());
        bot.Work();
        bot.Bell.Ring(One);

        bot.Stop();
        await bot.Runner.QuietAsync();

        Assert.Empty(bot.Reports);
    }

    [Fact]
    public async Task leaves_nothing_running()
    {
        using var first = new TestBot();
        await first.DeclaredAsync();
        var bot = first.Beside(new Silent());
        bot.Work();
        bot.Bell.Ring(One);
        Assert.False(bot.Runner.QuietAsync().IsCompleted);

        bot.Stop();

        Assert.True(bot.Runner.QuietAsync().IsCompleted);
    }

    /// <summary>A store that does not answer, and calls what is called off a failure as stores do.</summary>
    private sealed class Silent : ILeases
    {
        public async Task<Lease?> TryTakeAsync(IncidentId incident, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource();
            await using var called = cancellationToken.Register(() => never.TrySetException(new StoreException("The store did not answer in time.")));
            await never.Task;
            return null;
        }

        public Task<bool> RenewAsync(Lease lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(Lease lease, long settledThrough, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
