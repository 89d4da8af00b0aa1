using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Stories;

public class Managers_who_subscribe
{
    private const string Room = "inc-1-checkout-returns-500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task get_a_summary_of_every_update_until_they_unsubscribe()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");

        Assert.Contains("INC-1", await bot.TypesAsync("helen", "incidents", "/incident subscribe INC-1"), StringComparison.Ordinal);
        Assert.Contains("SEV2 and up", await bot.TypesAsync("tomas", "incidents", "/incident subscribe sev:2"), StringComparison.Ordinal);
        await bot.TypesAsync("mara", Room, "/incident update Errors are falling");
        await bot.IsToldAsync("INC-1", "Told 2 subscribers in person.");

        foreach (var manager in new[] { "helen", "tomas" })
        {
            Assert.Contains("Errors are falling", Assert.Single(await SummariesAsync(bot, manager)), StringComparison.Ordinal);
        }

        await bot.TypesAsync("helen", "incidents", "/incident unsubscribe INC-1");
        await bot.TypesAsync("tomas", "incidents", "/incident unsubscribe all");
        await bot.TypesAsync("mara", Room, "/incident update They are gone");
        await RunningBot.EventuallyAsync("nobody is left to tell", async () =>
            (await bot.TimelineAsync("INC-1")).Count(text => text.Contains("Nobody is subscribed to this.", StringComparison.Ordinal)) == 2);

        Assert.Single(await SummariesAsync(bot, "helen"));
        Assert.Single(await SummariesAsync(bot, "tomas"));
        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(await bot.ExportAsync("INC-1")), Ct));
    }

    // What the bot told somebody in person, as they see it.
    private static async Task<string[]> SummariesAsync(RunningBot bot, string who)
    {
        var me = await bot.Http.GetFromJsonAsync<JsonObject>($"/playground/api/me/{who}", Ct);
        return
        [
            .. from direct in me!["directs"]!.AsArray()
               from message in direct!["messages"]!.AsArray()
               where message!["bot"]!.GetValue<bool>()
               select message!["text"]!.GetValue<string>(),
        ];
    }
}
