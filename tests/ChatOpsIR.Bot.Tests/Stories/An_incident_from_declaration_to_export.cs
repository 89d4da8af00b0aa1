using System.Text;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Stories;

public class An_incident
{
    private const string Room = "inc-1-checkout-returns-500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task runs_from_declaration_to_a_record_that_verifies()
    {
        await using var bot = await RunningBot.StartAsync();

        Assert.Contains("INC-1 is declared as SEV1", await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1"), StringComparison.Ordinal);
        await RunningBot.EventuallyAsync("the war room is open, its card posted and its topic set", async () =>
            string.Join('\n', await bot.TimelineAsync("INC-1")) is var told && told.Contains("SEV1, open.", StringComparison.Ordinal) && told.Contains("set the channel topic", StringComparison.Ordinal));

        await bot.ActAsync("mara", "message", Room, "Rolling back now");
        Assert.Contains("asked", await bot.TypesAsync("mara", Room, "/incident role communications @priya"), StringComparison.Ordinal);
        Assert.Contains("Communications Officer", await bot.TypesAsync("priya", Room, "/incident accept"), StringComparison.Ordinal);
        await RunningBot.EventuallyAsync("the message is recorded", async () => (await bot.TimelineAsync("INC-1")).Contains("Rolling back now"));

        await bot.AdvanceAsync(TimeSpan.FromMinutes(31));
        await RunningBot.EventuallyAsync("the room is told that an update is due", async () =>
            (await bot.TimelineAsync("INC-1")).Count(text => text.Contains("The status update was due", StringComparison.Ordinal)) == 2);

        Assert.Contains("Status update", await bot.TypesAsync("priya", Room, "/incident update Errors are falling"), StringComparison.Ordinal);
        Assert.Contains("still open", await bot.TypesAsync("mara", Room, "/incident close"), StringComparison.Ordinal);
        Assert.Contains("resolved", await bot.TypesAsync("mara", Room, "/incident resolve Rolled back release 41"), StringComparison.Ordinal);
        Assert.Contains("closed", await bot.TypesAsync("mara", Room, "/incident close"), StringComparison.Ordinal);
        Assert.Equal("closed", (await bot.IncidentAsync("INC-1")).GetProperty("status").GetString());

        var export = await bot.ExportAsync("INC-1");
        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(export), Ct));

        var forged = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(export).Replace("Rolling back now", "Rolling back NOW", StringComparison.Ordinal));
        Assert.IsType<Verdict.Broken>(await ExportVerifier.VerifyAsync(new MemoryStream(forged), Ct));
    }

    [Fact]
    public async Task is_declared_once_when_the_same_words_come_twice_within_a_minute()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.TypesAsync("mara", "incidents", "/incident declare Search is slow");
        Assert.Contains("INC-1 is declared already", await bot.TypesAsync("mara", "incidents", "/incident declare Search is slow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_is_private_does_not_exist_for_others()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked private sev:1");
        Assert.Contains("no such incident", await bot.TypesAsync("priya", "incidents", "/incident status INC-1"), StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", await bot.TypesAsync("priya", "incidents", "/incident list"), StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", await bot.Http.GetStringAsync(new Uri("/api/v1/incidents?status=all", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_refused_to_guests()
    {
        await using var bot = await RunningBot.StartAsync();

        Assert.Contains("Guests", await bot.TypesAsync("sam", "incidents", "/incident declare Guest found a fault"), StringComparison.Ordinal);
    }
}
