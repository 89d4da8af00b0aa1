using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Slack.Outbound;
using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Bot.Tests.Timeline;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>An incident in which everything that the timeline can show is to be seen.</summary>
public sealed class ToldIncident : IAsyncLifetime
{
    internal const string Room = "inc-1-checkout-returns-500s";

    internal RunningBot Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bot = await RunningBot.StartAsync();
        await Bot.TypesAsync("mara", "incidents", "/incident declare Checkout returns 500s sev:2");
        await Bot.RoomOpensAsync("INC-1");
        foreach (var guest in (string[])["idris", "noa", "priya"])
        {
            await Bot.ActAsync("mara", "invite", new JsonObject { ["channel"] = Room, ["user"] = guest });
        }

        await Bot.TypesAsync("mara", Room, "/incident severity sev:1 payments fail for all EU customers");
        await Bot.TypesAsync("mara", Room, "/incident role communications @priya");
        await Bot.TypesAsync("priya", Room, "/incident accept communications");
        var parent = await Bot.SaysAsync("mara", Room, "The 500s started with release `2026.11.17-3` at 13:25. Rolling back now, about 10 minutes.");
        await Bot.DoesAsync("mara", "edit", Room, parent, ("text", "The 500s started with release `2026.11.17-3` at 13:52. Rolling back now, about 6 minutes."));
        await Bot.DoesAsync("idris", "react", Room, parent, ("name", "eyes"));
        await Bot.DoesAsync("mara", "react", Room, parent, ("name", "pray"));
        await Bot.SaysAsync("idris", Room, "Which regions first?", parent);
        await Bot.SaysAsync("mara", Room, "Frankfurt, then Dublin: https://graphs.fernhill.example/d/checkout/eu-west-error-rate?from=now-1h&to=now&refresh=5s", parent);
        await Bot.TypesAsync("priya", Room, "/incident update Payments are failing in Europe. A rollback is under way.");
        var gone = await Bot.SaysAsync("mara", Room, "Ignore my last, wrong dashboard.");
        await Bot.DoesAsync("mara", "delete", Room, gone);
        await Bot.SaysAsync("noa", Room, "אני רואה timeouts גם ב־payments-db, בודקת 🔎");
        await Bot.TypesAsync("idris", Room, "/incident note Hold Stockholm until the queue drains");
        await Bot.IsToldAsync("INC-1", "Hold Stockholm");

        // Events come in order, and after the command's answer.
        await Bot.IsToldAsync("INC-1", "payments-db");
    }

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}

/// <summary>How the timeline looks and works in a real browser. Its pictures are left in <c>artifacts/screenshots</c>.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class The_timeline_page(Chromium chromium, ToldIncident told) : IClassFixture<ToldIncident>
{
    private const string OutOfPlace = """
        () => [document.documentElement, ...document.querySelectorAll('main, aside, .box, .entry, form')]
          .filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
          .map(part => `${part.tagName}.${part.className} is ${part.scrollWidth} wide in ${part.clientWidth}`)
        """;

    private const string FocusWithoutMark = """
        () => {
          const control = document.activeElement;
          const style = getComputedStyle(control);
          return control === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ? null : `${control.tagName} “${control.innerText || control.ariaLabel}”`;
        }
        """;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task is_in_its_place_and_readable_by_everybody(int width, ColorScheme scheme)
    {
        await using var reader = await OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = reader.Page;
        await Expect(Live(page)).ToHaveCountAsync(1);
        await Expect(page.GetByText("Times: Berlin").First).ToBeVisibleAsync();
        await PictureAsync(page, $"timeline-{Suffix(width, scheme)}");
        Assert.Empty(await page.EvaluateAsync<string[]>(OutOfPlace));
        await IsAccessibleAsync(page);

        await page.GetByText("2 replies").ClickAsync();
        await page.GetByText("Show the text").ClickAsync();
        await page.GetByText("Show them").First.ClickAsync();
        if (width < 1100)
        {
            await page.Locator("summary", new() { HasText = "Filter" }).ClickAsync();
        }

        await PictureAsync(page, $"timeline-unfolded-{Suffix(width, scheme)}");
        Assert.Empty(await page.EvaluateAsync<string[]>(OutOfPlace));
        await IsAccessibleAsync(page);

        await page.GetByLabel("Search the text").FillAsync("Stockholm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.GetByText("That is the end of the record.")).ToBeVisibleAsync();
        await PictureAsync(page, $"timeline-search-{Suffix(width, scheme)}");
        await IsAccessibleAsync(page);

        await page.GotoAsync("/incidents/INC-1?by=slack:T1:UNOBODY&show=messages&show=changes");
        await Expect(page.GetByText("did and said nothing in this record")).ToBeVisibleAsync();
        await PictureAsync(page, $"timeline-nobody-{Suffix(width, scheme)}");
        Assert.Empty(await page.EvaluateAsync<string[]>(OutOfPlace));
        await IsAccessibleAsync(page);
        await page.GotoAsync("/incidents/INC-1?show=changes");
        await Expect(page.GetByText("The record keeps it.")).ToBeVisibleAsync();
        await IsAccessibleAsync(page);
        Assert.Empty(reader.Troubles);

        await page.GotoAsync("/incidents/INC-77");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ask for a link in chat" })).ToBeVisibleAsync();
        await IsAccessibleAsync(page);
    }

    [Fact]
    public async Task says_that_it_waits_for_a_place_and_goes_live_once_there_is_one()
    {
        var windows = new List<HttpResponseMessage>();
        using var other = await PageReader.OpenAsync(told.Bot, "priya");
        for (var i = 0; i < Bot.Timeline.LiveTimeline.MostOfOne; i++)
        {
            windows.Add(await other.StreamAsync("/incidents/INC-1/live"));
        }

        await using var reader = await Visitor.OpenAsync(chromium, told.Bot.Http.BaseAddress!, "priya");
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync(await PageReader.LinkAsync(told.Bot, "priya"));
        await Expect(reader.Page.GetByText("Not live. You follow records in too many windows. This one tries again in 30 seconds.")).ToBeVisibleAsync();

        windows.ForEach(one => one.Dispose());
        await RunningBot.EventuallyAsync("there is a place again", async () =>
        {
            await reader.Page.Clock.FastForwardAsync(31_000);
            return await Live(reader.Page).CountAsync() > 0;
        });
    }

    [Fact]
    public async Task grows_at_its_end_without_moving_what_is_being_read()
    {
        await using var reader = await OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = 700 } });
        var page = reader.Page;
        await Expect(Live(page)).ToHaveCountAsync(1);
        await page.EvaluateAsync("() => scrollTo(0, 300)");
        var before = await page.EvaluateAsync<double>("() => document.querySelector('.entry').getBoundingClientRect().top");
        await told.Bot.TypesAsync("mara", ToldIncident.Room, "/incident note Seen while somebody reads");
        await Expect(page.GetByText("Seen while somebody reads").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-status]")).ToContainTextAsync("new entr");
        Assert.Equal(before, await page.EvaluateAsync<double>("() => document.querySelector('.entry').getBoundingClientRect().top"));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task shows_where_the_focus_is_and_goes_from_entry_to_entry_by_keys()
    {
        await using var reader = await OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = reader.Page;
        foreach (var _ in Enumerable.Range(1, 40))
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Null(await page.EvaluateAsync<string?>(FocusWithoutMark));
        }

        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        Assert.StartsWith("Entry ", await page.EvaluateAsync<string>("() => document.activeElement.ariaLabel"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Search the text")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task is_whole_on_paper()
    {
        await using var reader = await OpenAsync(new() { ViewportSize = new() { Width = 794, Height = 1123 } });
        var page = reader.Page;
        await page.PdfAsync(new() { Path = Repository.PathOf("artifacts", "screenshots", "timeline-print.pdf"), PreferCSSPageSize = true });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await Expect(page.GetByText("Which regions first?")).ToBeVisibleAsync();
        await Expect(page.GetByText("Ignore my last, wrong dashboard.").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeHiddenAsync();
        await PictureAsync(page, "timeline-print-794-light");
    }

    [Fact]
    public async Task keeps_the_link_out_of_the_address_and_the_history()
    {
        await using var reader = await OpenAsync(new());
        Assert.EndsWith("/incidents/INC-1", reader.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", await reader.Page.EvaluateAsync<string>("() => performance.getEntriesByType('navigation')[0].name + document.referrer"), StringComparison.Ordinal);
    }

    // What it says of it changes as soon as something comes.
    private static ILocator Live(IPage page) => page.Locator("body.is-live");

    private static string Suffix(int width, ColorScheme scheme) => $"{width}-{scheme.ToString().ToLowerInvariant()}";

    private static async Task PictureAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "screenshots", $"{name}.png"), FullPage = true });

    private static async Task IsAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
    }

    private async Task<Visitor> OpenAsync(BrowserNewContextOptions options)
    {
        options.TimezoneId = "Europe/Berlin";
        var reader = await Visitor.OpenAsync(chromium, told.Bot.Http.BaseAddress!, "mara", options);
        await reader.Page.GotoAsync(await PageReader.LinkAsync(told.Bot, "mara"));
        await Expect(reader.Page.Locator("html[data-zone='Europe/Berlin']")).ToHaveCountAsync(1);
        return reader;
    }
}
