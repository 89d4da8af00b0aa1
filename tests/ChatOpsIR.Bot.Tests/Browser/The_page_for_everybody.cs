using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>What a machine can tell about accessibility: rules of WCAG 2.2 at levels A and AA, in every state of the page.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class The_page_for_everybody(Chromium chromium, BusyWarRoom war) : IClassFixture<BusyWarRoom>
{
    private static readonly AxeRunOptions Rules = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>Each kind of form, by where and how it is asked for; in the war room where nothing is said.</summary>
    private static readonly (string Room, string Line)[] Forms =
    [
        ("", "/incident update"), ("", "/incident snooze"), ("", "/incident severity"), ("", "/incident impact"), ("", "/incident role"),
        ("", "/incident handover"), ("", "/incident invite"), ("", "/incident note"), ("", "/incident decide"), ("", "/incident resolve"),
        ("incidents", "/incident declare"), ("incidents", "/incident subscribe"), ("incidents", "/incident note"), ("incidents", "/incident severity"), ("incidents", "/incident timeline"),
    ];

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task breaks_no_rule_in_any_state(int width, int height, ColorScheme scheme)
    {
        await using var mara = await Visitor.OpenAsync(chromium, war.Address, "mara", new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        List<string> broken = [];
        var field = mara.Page.GetByLabel("Message", new() { Exact = true });

        await LookAsync("channels", "/playground?as=mara");
        await LookAsync("room", war.Room);
        await field.FillAsync("/");
        await LookAsync("commands");
        await field.FillAsync("ask @");
        await Expect(mara.Page.GetByRole(AriaRole.Listbox)).ToBeVisibleAsync();
        await LookAsync("names");
        await LookAsync("thread", war.Thread);
        await LookAsync("editing", war.Editing);
        await LookAsync("details", war.Room + "&d=1");
        await mara.Page.GotoAsync("/playground?as=mara&h=1");
        await Expect(mara.Home.GetByRole(AriaRole.Heading, new() { Name = "Waiting for you" })).ToBeVisibleAsync();
        await LookAsync("home");
        await mara.Page.GotoAsync(war.Room + "&x=chaos");
        await mara.Page.GetByRole(AriaRole.Switch, new() { Name = "Late events", Exact = true }).ClickAsync();
        await Expect(mara.Page.GetByLabel("Late events: how bad")).ToBeVisibleAsync();
        await LookAsync("chaos");
        await mara.Page.GetByRole(AriaRole.Button, new() { Name = "All off" }).ClickAsync();
        await Expect(mara.Page.GetByLabel("Late events: how bad")).ToHaveCountAsync(0);
        await mara.Page.GotoAsync(war.Room);
        await mara.Page.GetByLabel("Attachments and shortcuts").ClickAsync();
        await LookAsync("menu");
        await Visitor.PressAsync(mara.Page.Locator(".room .composer"), "Declare an incident");
        await Visitor.PressAsync(mara.Form, "Declare");
        await Expect(mara.Form.GetByText("Please complete this required field.")).ToBeVisibleAsync();
        await LookAsync("form");
        await mara.Page.RunAndWaitForResponseAsync(() => mara.Page.Keyboard.PressAsync("Escape"), answer => answer.Request.Method == "POST" && answer.Ok);
        await mara.Page.Context.ClearCookiesAsync();
        await LookAsync("tour", war.Room);
        await Expect(mara.Tour).ToBeVisibleAsync();

        Assert.Empty(broken);
        Assert.Empty(mara.Troubles);

        async Task LookAsync(string state, string? address = null)
        {
            if (address is not null)
            {
                await mara.Page.GotoAsync(address);
            }

            broken.AddRange(await BrokenAsync(mara.Page, state));
        }
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task breaks_no_rule_in_any_form(int width, int height, ColorScheme scheme)
    {
        await using var mara = await Visitor.OpenAsync(chromium, war.Address, "mara", new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        List<string> broken = [];
        foreach (var (room, line) in Forms)
        {
            await mara.Page.GotoAsync(room == "" ? war.Room : $"/playground?as=mara&c={room}");
            await mara.SaysAsync(line);
            await Expect(mara.Form).ToBeVisibleAsync();
            broken.AddRange(await BrokenAsync(mara.Page, line));
            await mara.Page.RunAndWaitForResponseAsync(() => mara.Page.Keyboard.PressAsync("Escape"), answer => answer.Request.Method == "POST" && answer.Ok);
            await Expect(mara.Form).ToHaveCountAsync(0);
        }

        await mara.Page.GotoAsync("/playground?as=mara&h=1");
        await Visitor.PressAsync(mara.Home, "List open incidents");
        await Expect(mara.Form).ToContainTextAsync("INC-1");
        broken.AddRange(await BrokenAsync(mara.Page, "an answer in a window"));
        await mara.Page.RunAndWaitForResponseAsync(() => mara.Page.Keyboard.PressAsync("Escape"), answer => answer.Request.Method == "POST" && answer.Ok);

        Assert.Empty(broken);
        Assert.Empty(mara.Troubles);
    }

    private static async Task<IEnumerable<string>> BrokenAsync(IPage page, string state)
    {
        var found = await page.RunAxe(Rules);
        return found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{state}: {rule.Id} {node.Target} {node.Html}"));
    }
}
