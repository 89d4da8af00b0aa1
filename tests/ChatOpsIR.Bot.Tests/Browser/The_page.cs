using ChatOpsIR.Bot.Tests.Slack.Outbound;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>How the page looks. Its pictures are left in <c>artifacts/screenshots</c>, for people to judge what no test can.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class The_page(Chromium chromium, BusyWarRoom war) : IClassFixture<BusyWarRoom>
{
    /// <summary>What is wider than its place, or reaches out of the window. Titles that are cut with an ellipsis say so in their style.</summary>
    private const string OutOfPlace = """
        () => {
          const wide = [document.documentElement, ...document.querySelectorAll('main, nav, section, aside, header, .log, .dialog-body, .blocks, .menu-body')]
            .filter(part => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
            .map(part => `${part.tagName}.${part.className} is ${part.scrollWidth} wide in ${part.clientWidth}`);
          const outside = [...document.querySelectorAll('button, a, input, select, textarea, summary')]
            .filter(control => control.checkVisibility({ opacityProperty: true }) && !control.matches('.skip, .skip *'))
            .map(control => [control, control.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.left < 0 || box.right > innerWidth + 1))
            .map(([control, box]) => `${control.tagName} “${control.innerText || control.ariaLabel}” ends at ${box.right}`);
          const card = document.querySelector('.incident-card');
          const cut = card && card.scrollHeight > card.clientHeight + 1 ? [`the card is ${card.scrollHeight} high in ${card.clientHeight}`] : [];
          return [...wide, ...outside, ...cut];
        }
        """;

    /// <summary>The control that has the focus, when nothing about it or about its frame says so.</summary>
    private const string FocusWithoutMark = """
        () => {
          const control = document.activeElement;
          const marked = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const frame = control.closest('.composer');
          const seen = control === document.body || marked(getComputedStyle(control)) || (frame && getComputedStyle(frame).boxShadow !== 'none');
          return seen ? null : `${control.tagName} “${control.innerText || control.ariaLabel}”`;
        }
        """;

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task has_everything_in_its_place(int width, int height, ColorScheme scheme)
    {
        await using var mara = await Visitor.OpenAsync(
            chromium, war.Address, "mara", new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var camera = new Camera(mara.Page, $"{width}-{scheme.ToString().ToLowerInvariant()}");

        await camera.TakeAsync("channels");
        await mara.Page.GotoAsync(war.Room);
        await camera.TakeAsync("room");
        await mara.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("/");
        await camera.TakeAsync("commands");
        await mara.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("");
        await mara.Message("I see timeouts").ClickAsync();
        await camera.TakeAsync("tools");
        await mara.Message("I see timeouts").GetByLabel("React", new() { Exact = true }).ClickAsync();
        await camera.TakeAsync("reactions");
        await mara.Page.Keyboard.PressAsync("Escape");
        await mara.Page.GetByLabel("Channel details").ClickAsync();
        await Expect(mara.Details).ToBeVisibleAsync();
        await camera.TakeAsync("details");
        await mara.Page.GotoAsync("/playground?as=mara&h=1");
        await camera.TakeAsync("home");
        await mara.Page.GotoAsync(war.Thread);
        await camera.TakeAsync("thread");
        await mara.Page.GotoAsync(war.Editing);
        await Expect(mara.Page.GetByLabel("Edit message")).ToBeFocusedAsync();
        await camera.TakeAsync("editing");
        await OpenDirectAsync(mara);
        await camera.TakeAsync("direct");
        await OpenWrongFormAsync(mara);
        await camera.TakeAsync("form");
        await CloseFormAsync(mara);

        Assert.Empty(camera.OutOfPlace);
        Assert.Empty(mara.Troubles);
    }

    [Fact]
    public async Task shows_where_the_focus_is_and_keeps_it_there_while_others_write()
    {
        await using var mara = await Visitor.OpenAsync(chromium, war.Address, "mara");
        await mara.Page.GotoAsync(war.Thread);
        foreach (var _ in Enumerable.Range(1, 60))
        {
            await mara.Page.Keyboard.PressAsync("Tab");
            Assert.Null(await mara.Page.EvaluateAsync<string?>(FocusWithoutMark));
        }

        var button = mara.Card.GetByRole(AriaRole.Button, new() { Name = "Change severity" });
        await button.FocusAsync();
        await war.SaysAsync("idris", "Dublin is next");
        await Expect(mara.Message("Dublin is next")).ToBeVisibleAsync();
        await Expect(button).ToBeFocusedAsync();
    }

    private static async Task OpenDirectAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/playground?as=mara");
        await visitor.GoesToAsync("ChatOpsIR");
    }

    private static async Task OpenWrongFormAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/playground?as=mara");
        await Visitor.PressAsync(visitor.Channels, "Declare an incident");
        await Visitor.PressAsync(visitor.Form, "Declare");
        await Expect(visitor.Form.GetByText("Please complete this required field.")).ToBeVisibleAsync();
    }

    // The workspace remembers an open form: whoever comes next must not find it.
    private static async Task CloseFormAsync(Visitor visitor)
    {
        await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.Keyboard.PressAsync("Escape"), answer => answer.Request.Method == "POST" && answer.Ok);
        await Expect(visitor.Form).ToBeHiddenAsync();
    }

    private sealed class Camera(IPage page, string suffix)
    {
        private readonly List<string> outOfPlace = [];

        public IReadOnlyList<string> OutOfPlace => outOfPlace;

        public async Task TakeAsync(string name)
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "screenshots", $"{name}-{suffix}.png") });
            outOfPlace.AddRange((await page.EvaluateAsync<string[]>(The_page.OutOfPlace)).Select(what => $"{name}: {what}"));
        }
    }
}
