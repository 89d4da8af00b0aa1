using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatOpsIR.Bot.Tests.Stories;

public class An_archived_war_room
{
    private const string Room = An_incident.Room;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task tells_the_manager_in_person_what_could_not_be_said_once_and_again_after_it_was_back()
    {
        var log = new LogLines();
        await using var bot = await RunningBot.StartAsync(log);
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");

        await bot.ActAsync("mara", "archive", Room, "");
        await RefusedAsync(bot, "We roll back release 41", times: 1);
        await RefusedAsync(bot, "The rollback is through", times: 2);

        var told = Assert.Single(await RefusalsAsync(bot));
        Assert.Contains("somebody has to unarchive it and invite the bot again", told, StringComparison.Ordinal);
        Assert.Contains("We roll back release 41", told, StringComparison.Ordinal);
        await RunningBot.EventuallyAsync("the log says that the card is not shown as it is now", () =>
            Task.FromResult(log.Lines.Any(line => line.StartsWith("Warning: INC-1 is not shown as it is now", StringComparison.Ordinal))));
        Assert.InRange(log.Lines.Count(line => line.Contains("is not shown as it is now", StringComparison.Ordinal)), 1, 4);

        await bot.ActAsync("mara", "unarchive", Room, "");
        await bot.ActAsync("mara", "invite", new JsonObject { ["channel"] = Room, ["user"] = Playground.Playing.Bot });
        await bot.TypesAsync("mara", "incidents", "/incident update INC-1 Errors are gone");
        await bot.IsToldAsync("INC-1", "Errors are gone");
        await RunningBot.EventuallyAsync("the war room is told", async () => (await MessagesAsync(bot)).Contains("Errors are gone", StringComparison.Ordinal));

        await bot.ActAsync("mara", "archive", Room, "");
        await RefusedAsync(bot, "Watching", times: 3);
        await RunningBot.EventuallyAsync("the manager is told again", async () => (await RefusalsAsync(bot)).Length == 2);
    }

    private static async Task RefusedAsync(RunningBot bot, string update, int times)
    {
        Assert.Contains(update, await bot.TypesAsync("mara", "incidents", $"/incident update INC-1 {update}"), StringComparison.Ordinal);
        await RunningBot.EventuallyAsync($"“{update}” is refused and nothing waits any more", async () =>
            (await bot.TimelineAsync("INC-1")).Count(text => text.Contains("is_archived", StringComparison.Ordinal)) >= times && (await RefusalsAsync(bot)).Length > 0);
    }

    private static async Task<string> MessagesAsync(RunningBot bot) =>
        (await bot.Http.GetFromJsonAsync<JsonObject>($"/playground/api/channels/{Room}?as=mara", Ct))!["messages"]!.ToJsonString();

    // What the bot wrote to the manager in person about what was refused, as a whole: the notification and the card.
    private static async Task<string[]> RefusalsAsync(RunningBot bot)
    {
        var me = await bot.Http.GetFromJsonAsync<JsonObject>("/playground/api/me/mara", Ct);
        return
        [
            .. from direct in me!["directs"]!.AsArray()
               from message in direct!["messages"]!.AsArray()
               let text = message!.ToJsonString()
               where text.Contains("is_archived", StringComparison.Ordinal)
               select text,
        ];
    }
}
