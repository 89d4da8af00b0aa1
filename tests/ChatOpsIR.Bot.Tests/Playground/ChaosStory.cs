using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Tests.Playground;

[Collection(nameof(Crashes.Crashes))] // troubles enough without a busy machine
public class A_bot_in_chaos
{
    private const string Room = "inc-1-checkout-returns-500s";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task records_the_same_as_on_a_calm_day()
    {
        var calm = await PlayAsync([], _ => true);
        var chaos = await PlayAsync(new JsonObject
        {
            ["seed"] = 23, ["late"] = 2, ["duplicate"] = 1, ["reorder"] = 2, ["rateLimit"] = 1, ["serverError"] = 20, ["dropBefore"] = 10, ["dropAfter"] = 20, ["slow"] = 1,
        }, told => told == calm);
        Assert.Equal(calm, chaos);
    }

    private static async Task<string> PlayAsync(JsonObject troubles, Predicate<string> isComplete)
    {
        await using var bot = await RunningBot.StartAsync("--Logging:LogLevel:Default=None");

        // Whoever has just started asks Slack who it is, once; before that it can carry out nothing.
        await bot.TypesAsync("mara", "incidents", "/incident list");
        await SetAsync(bot, troubles);
        await bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:1");
        await bot.RoomOpensAsync("INC-1");
        await RunningBot.EventuallyAsync("she is invited", async () => (bool)(await bot.ActAsync("mara", "message", Room, "Here I am"))["ok"]!);

        var kept = await bot.SaysAsync("mara", Room, "Rolling bakc now");
        var taken = await bot.SaysAsync("mara", Room, "It was Tom");
        var reply = await bot.SaysAsync("mara", Room, "Frankfurt first", thread: kept);
        await bot.ActAsync("mara", "edit", new JsonObject { ["channel"] = Room, ["ts"] = kept, ["text"] = "Rolling back now" });
        await bot.ActAsync("mara", "delete", new JsonObject { ["channel"] = Room, ["ts"] = taken });
        await bot.ActAsync("mara", "react", new JsonObject { ["channel"] = Room, ["ts"] = reply, ["name"] = "eyes" });
        await bot.TypesAsync("mara", Room, "/incident note Release 41 went out at nine");
        await bot.TypesAsync("mara", Room, "/incident update Errors are falling");
        await bot.TypesAsync("mara", Room, "/incident resolve Rolled back release 41");
        await bot.IsToldAsync("INC-1", "Errors are falling");
        await bot.IsToldAsync("INC-1", "set the channel topic: SEV1, Resolved");
        await bot.IsToldAsync("INC-1", "resolved the ");
        await SetAsync(bot, new JsonObject { ["calm"] = true });
        await RunningBot.EventuallyAsync("every event is taken and nothing new is written", () => IsQuietAsync(bot));
        await CompletesAsync(bot, isComplete);

        var export = await bot.ExportAsync("INC-1");
        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(export), Ct));
        return WhatIsTold.In(export);
    }

    /// <summary>An effect that was refused is tried again after a while; the comparison itself says what is missing in the end.</summary>
    private static async Task CompletesAsync(RunningBot bot, Predicate<string> isComplete)
    {
        for (var tries = 0; tries < 60 && !isComplete(WhatIsTold.In(await bot.ExportAsync("INC-1"))); tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
        }
    }

    /// <summary>Nothing on its way to the bot, and for two seconds nothing new in the record.</summary>
    private static async Task<bool> IsQuietAsync(RunningBot bot)
    {
        var before = await bot.ExportAsync("INC-1");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Ct);
        var counts = (await bot.Http.GetFromJsonAsync<JsonObject>("/playground/api/chaos", Ct))!["counts"]!;
        var after = await bot.ExportAsync("INC-1");
        return (int)counts["taken"]! + (int)counts["givenUp"]! == (int)counts["events"]! && new ExportedRecord(before).Kinds.Length == new ExportedRecord(after).Kinds.Length;
    }

    private static async Task SetAsync(RunningBot bot, JsonObject troubles)
    {
        using var answer = await bot.Http.PostAsJsonAsync("/playground/api/chaos", troubles, Ct);
        answer.EnsureSuccessStatusCode();
    }
}
