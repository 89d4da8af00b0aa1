using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Storage.Export;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>
/// Five people, one after the other, on the page that everybody gets: responder, Incident Manager, Communications Officer, Legal and a
/// manager who only reads. Once on a calm day, and once while everything that Slack can do wrong goes wrong.
/// </summary>
[Collection(nameof(Crashes.Crashes))] // troubles enough without a busy machine
public sealed class A_whole_incident_on_the_page(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Room = "inc-1-checkout-returns-500s";

    private static readonly string[] Troubles = ["Late events", "Duplicate events", "Out of order", "Rate limit", "Server errors", "Lost answers", "Slow answers"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task comes_out_the_same_whatever_slack_does()
    {
        var calm = await PlayAsync(troubles: [], told => told.Length > 0);
        var chaos = await PlayAsync(Troubles, told => told == calm);

        Assert.Equal(calm, chaos);
    }

    private async Task<string> PlayAsync(string[] troubles, Predicate<string> isComplete)
    {
        await using var bot = await RunningBot.StartAsync("--Logging:LogLevel:Default=None");
        await using var page = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "mara");
        await IntroduceEverybodyAsync(page);
        await SwitchOnAsync(page, troubles);

        await DeclareAsync(page);
        await ShareTheWorkAsync(page);
        await SubscribeAsync(page);
        await DecideAsync(page);
        await UpdateAsync(page, bot);
        await LookBackAsync(page);
        await HandOverAndEndAsync(page, bot);

        await SwitchOffAsync(page, troubles);
        return await ToldAsync(bot, page, isComplete);
    }

    /// <summary>Who somebody is, Slack is asked once in an hour; while it cannot say, strangers are asked to try again in a moment.</summary>
    private static async Task IntroduceEverybodyAsync(Visitor page)
    {
        foreach (var who in new[] { "Idris", "Priya", "Tomás", "Helen", "Mara" })
        {
            await BecomeAsync(page, who);
            await page.GoesToAsync("incidents");
            await TypeAsync(page, "/incident list", "incident");
        }
    }

    private static async Task SwitchOnAsync(Visitor page, string[] troubles)
    {
        if (troubles.Length == 0)
        {
            return;
        }

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Chaos", Exact = true }).ClickAsync();
        foreach (var trouble in troubles)
        {
            var on = page.Page.GetByRole(AriaRole.Switch, new() { Name = trouble, Exact = true });
            await on.ClickAsync();
            await Expect(on).ToHaveAttributeAsync("aria-checked", "true");
            var level = page.Page.GetByLabel($"{trouble}: how bad");
            if (await level.CountAsync() > 0)
            {
                await level.SelectOptionAsync("Mild");
            }
        }

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Close chaos" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Chaos on" })).ToBeVisibleAsync();
    }

    private static async Task SwitchOffAsync(Visitor page, string[] troubles)
    {
        if (troubles.Length == 0)
        {
            return;
        }

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Chaos on" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "All off" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Chaos", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task DeclareAsync(Visitor mara)
    {
        await mara.GoesToAsync("incidents");
        await TypeAsync(mara, "/incident declare Checkout returns 500s sev:1", "INC-1 is declared as SEV1.");
        await mara.GoesToAsync(Room);
        await Expect(mara.Card).ToContainTextAsync("@Mara Lindqvist");
    }

    private static async Task ShareTheWorkAsync(Visitor page)
    {
        await TypeAsync(page, "/incident role manager @idris", "Incident Manager");
        await TypeAsync(page, "/incident role communications @priya", "Communications Officer");
        await TypeAsync(page, "/incident role legal @tomas", "Legal");
        foreach (var (who, role) in new[] { ("Idris", "Incident Manager"), ("Priya", "Communications Officer"), ("Tomás", "Legal") })
        {
            await BecomeAsync(page, who);
            await page.GoesToAsync("ChatOpsIR");
            await Visitor.PressAsync(page.Message($"You are asked to be {role}"), "Accept the role");
            await Expect(page.Message("accepted").Or(page.Log.GetByText("You are"))).Not.ToHaveCountAsync(0);
        }
    }

    private static async Task SubscribeAsync(Visitor page)
    {
        await BecomeAsync(page, "Helen");
        await page.GoesToAsync("incidents");
        await TypeAsync(page, "/incident subscribe INC-1", "INC-1");
    }

    private static async Task DecideAsync(Visitor page)
    {
        await BecomeAsync(page, "Idris");
        await page.GoesToAsync(Room);
        await TypeAsync(page, "/incident impact One in five orders fails affects: shop customers", "One in five orders fails");
        await TypeAsync(page, "/incident decide Roll back release 41", "Roll back release 41");
        await page.SaysAsync("Rollback started in Frankfurt");
        await BecomeAsync(page, "Tomás");
        await page.GoesToAsync(Room);
        await TypeAsync(page, "/incident note No customer data was touched", "No customer data was touched");
    }

    private static async Task UpdateAsync(Visitor page, RunningBot bot)
    {
        await BecomeAsync(page, "Priya");
        await page.GoesToAsync(Room);
        await TypeAsync(page, "/incident update Errors are falling", "Errors are falling");
        await bot.IsToldAsync("INC-1", "Errors are falling");
        await BecomeAsync(page, "Helen");
        await page.GoesToAsync("ChatOpsIR");
        await Expect(page.Message("Errors are falling")).ToHaveCountAsync(1);
    }

    private static async Task LookBackAsync(Visitor page)
    {
        await page.GoesToAsync("incidents");
        await TypeAsync(page, "/incident catchup INC-1", "Roll back release 41");
        await TypeAsync(page, "/incident timeline INC-1", "Open the timeline");
        var reading = await page.Page.Context.RunAndWaitForPageAsync(() => Visitor.PressAsync(page.Message("Only you can see this").Last, "Open the timeline"));
        await Expect(reading.GetByText("Roll back release 41").First).ToBeVisibleAsync();
        await Expect(reading.GetByText("No customer data was touched").First).ToBeVisibleAsync();
        await reading.CloseAsync();
    }

    private static async Task HandOverAndEndAsync(Visitor page, RunningBot bot)
    {
        await BecomeAsync(page, "Idris");
        await page.GoesToAsync(Room);
        await TypeAsync(page, "/incident handover @mara", "take over as Incident Manager");
        await BecomeAsync(page, "Mara");
        await page.GoesToAsync("ChatOpsIR");
        await Visitor.PressAsync(page.Message("take over as Incident Manager"), "Accept the role");
        await page.GoesToAsync(Room);
        await Expect(page.Card).ToContainTextAsync("Mara Lindqvist");
        await TypeAsync(page, "/incident resolve Rolled back release 41", "Rolled back release 41");
        await TypeAsync(page, "/incident close", "closed");
        await bot.IsToldAsync("INC-1", "closed");
        await Expect(page.Card).ToContainTextAsync("Closed");
    }

    /// <summary>What the record says once all has been carried out that waited for better days.</summary>
    private static async Task<string> ToldAsync(RunningBot bot, Visitor page, Predicate<string> isComplete)
    {
        var (told, same) = ("", 0);
        for (var tries = 0; tries < 90 && !(same >= 3 && isComplete(told)); tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
            var now = WhatIsTold.In(await bot.ExportAsync("INC-1"));
            (told, same) = (now, now == told ? same + 1 : 0);
        }

        Assert.IsType<Verdict.Intact>(await ExportVerifier.VerifyAsync(new MemoryStream(await bot.ExportAsync("INC-1")), Ct));
        Assert.Empty(page.Troubles);
        return told;
    }

    private static async Task TypeAsync(Visitor page, string line, string answer)
    {
        await page.SaysAsync(line);
        await Expect(page.Message("Only you can see this").Filter(new() { HasText = answer }).Last).ToBeVisibleAsync();
    }

    private static async Task BecomeAsync(Visitor page, string name)
    {
        await page.FollowAsync(page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Act as" }).GetByRole(AriaRole.Link, new() { Name = name }));
        await Expect(page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Act as" }).GetByRole(AriaRole.Link, new() { Name = name })).ToHaveAttributeAsync("aria-current", "true");
    }
}
