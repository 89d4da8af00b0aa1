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

    [Fact]
    public async Task may_do_so_by_a_button_of_the_announcement()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Payroll data leaked sev:1 private");
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-2");
        JsonNode? announced = null;
        await RunningBot.EventuallyAsync("the incident is announced", async () => (announced = (await ChannelAsync(bot, "helen"))
            .FirstOrDefault(message => message!["text"]!.GetValue<string>().StartsWith("INC-2 ", StringComparison.Ordinal))) is not null);
        var button = announced!["blocks"]!.AsArray().Where(block => block!["type"]!.GetValue<string>() == "actions")
            .SelectMany(block => block!["elements"]!.AsArray()).Single(element => element!["text"]!["text"]!.GetValue<string>() == "Subscribe")!;

        foreach (var _ in Enumerable.Range(1, 2))
        {
            var pressed = await bot.ActAsync("helen", "press", new JsonObject
            {
                ["channel"] = "incidents", ["ts"] = announced["ts"]!.DeepClone(), ["action_id"] = button["action_id"]!.DeepClone(),
            });
            Assert.True(pressed["ok"]!.GetValue<bool>(), pressed.ToJsonString());
        }

        Assert.Contains("INC-2", await bot.TypesAsync("helen", "incidents", "/incident subscribe list"), StringComparison.Ordinal);
        await bot.TypesAsync("mara", "inc-2-checkout-returns-500s", "/incident update Errors are falling");
        await bot.IsToldAsync("INC-2", "Told one subscriber");
        Assert.Contains("Errors are falling", Assert.Single(await SummariesAsync(bot, "helen")), StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", string.Join('\n', (await ChannelAsync(bot, "helen")).Select(message => message!.ToJsonString())), StringComparison.Ordinal);
    }

    private static async Task<JsonArray> ChannelAsync(RunningBot bot, string who) =>
        (await bot.Http.GetFromJsonAsync<JsonObject>($"/playground/api/channels/incidents?as={who}", Ct))!["messages"]!.AsArray();

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
