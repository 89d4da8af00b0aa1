using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Stories;

public class Shortcuts_and_ones_own_page
{
    private const string Room = An_incident.Room;

    [Fact]
    public async Task declare_from_a_message_note_a_task_and_name_the_incident_elsewhere()
    {
        await using var bot = await RunningBot.StartAsync();
        var said = await bot.SaysAsync("idris", "incidents", "Checkout returns 500s");

        await PointsAsync(bot, "mara", "incidents", said, "declare_from_message");
        var form = (await MeAsync(bot, "mara"))["form"]!["view"]!.ToJsonString();
        Assert.Contains("\"initial_value\":\"Checkout returns 500s\"", form, StringComparison.Ordinal);
        Assert.Contains("said in", form, StringComparison.Ordinal);
        Assert.DoesNotContain("INC-1", await bot.TypesAsync("mara", "incidents", "/incident list"), StringComparison.Ordinal);
        await bot.SubmitsAsync("mara", ("severity", "sev1"));
        await bot.RoomOpensAsync("INC-1");

        var task = await bot.SaysAsync("mara", Room, "Raise the limit of the pool");
        await PointsAsync(bot, "mara", Room, task, "note_task");
        await bot.IsToldAsync("INC-1", "Task: @mara: Raise the limit of the pool");

        await PointsAsync(bot, "mara", "incidents", said, "add_to_timeline");
        var offered = await bot.ActAsync("mara", "suggest", new JsonObject { ["block_id"] = "incident", ["action_id"] = "v", ["value"] = "checkout" });
        var option = Assert.Single(offered["options"]!.AsArray())!;
        Assert.Equal("INC-1", option["value"]!.GetValue<string>());
        var sent = await bot.ActAsync("mara", "submit", new JsonObject { ["values"] = new JsonObject { ["incident"] = new JsonObject { ["v"] = option.DeepClone() } } });
        Assert.True(sent["ok"]!.GetValue<bool>(), sent.ToJsonString());
        await bot.IsToldAsync("INC-1", "@idris: Checkout returns 500s");
    }

    [Fact]
    public async Task show_what_waits_and_accept_it_there()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        await bot.TypesAsync("mara", Room, "/incident role communications @priya");

        await bot.ActAsync("priya", "home", []);
        await ShowsAsync(bot, "priya", "You are asked to be");
        var home = (await MeAsync(bot, "priya"))["home"]!;
        var accept = home["view"]!["blocks"]!.AsArray().Where(block => block!["type"]!.GetValue<string>() == "actions")
            .SelectMany(block => block!["elements"]!.AsArray()).Single(button => button!["text"]!["text"]!.GetValue<string>() == "Accept the role")!;

        var pressed = await bot.ActAsync("priya", "press", new JsonObject { ["view"] = home["id"]!.DeepClone(), ["action_id"] = accept["action_id"]!.DeepClone() });

        Assert.True(pressed["ok"]!.GetValue<bool>(), pressed.ToJsonString());
        await ShowsAsync(bot, "priya", "You are Communications Officer");
        Assert.Contains("Communications Officer", (await MeAsync(bot, "priya"))["form"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Accept the role", (await MeAsync(bot, "priya"))["home"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task PointsAsync(RunningBot bot, string who, string channel, string message, string shortcut)
    {
        var answer = await bot.ActAsync(who, "message-shortcut", new JsonObject { ["channel"] = channel, ["ts"] = message, ["callback_id"] = shortcut });
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
    }

    private static async Task<JsonObject> MeAsync(RunningBot bot, string who) =>
        (await bot.Http.GetFromJsonAsync<JsonObject>($"/playground/api/me/{who}", TestContext.Current.CancellationToken))!;

    private static Task ShowsAsync(RunningBot bot, string who, string words) => RunningBot.EventuallyAsync($"the page of {who} says “{words}”", async () =>
        (await MeAsync(bot, who))["home"]?.ToJsonString().Contains(words, StringComparison.Ordinal) is true);
}
