using ChatOpsIR.Core.Tests.Bench;
using static ChatOpsIR.Core.Tests.Bench.TestBot;

namespace ChatOpsIR.Core.Tests.Effects;

public sealed class The_row_of_a_closed_incident : IDisposable
{
    private readonly TestBot bot = Running();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task stays_while_somebody_may_be_about_to_append_what_needs_it()
    {
        await ClosedAsync();
        bot.Time.Advance(Reconciling.KeptAfterTouch);

        // Whoever reopens touches the row first and appends then; a round of another instance comes in between.
        await bot.Directory.TouchActiveAsync(One, Ct);
        await bot.Reconciling.RunAsync(Ct);
        Assert.Single(await bot.Directory.ListActiveAsync(Ct));

        bot.Time.Advance(Reconciling.KeptAfterTouch);
        await bot.Reconciling.RunAsync(Ct);
        Assert.Empty(await bot.Directory.ListActiveAsync(Ct));
    }

    public void Dispose() => bot.Dispose();

    private async Task ClosedAsync()
    {
        var room = await bot.DeclaredAsync();
        await bot.SaysAsync(Ada, "resolve Rolled back", room);
        await bot.SaysAsync(Ada, "close", room);
        Assert.Empty((await bot.IncidentAsync(One)).Pending);
    }
}
