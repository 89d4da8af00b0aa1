using ChatOpsIR.Bot.Tests.Stories;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>The tour leads from one typed line to a closed incident, and does not come again.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class The_first_visit(Chromium chromium) : IAsyncLifetime
{
    private RunningBot bot = null!;
    private Visitor guest = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.StartAsync();
        guest = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "mara", firstTime: true);
    }

    [Fact]
    public async Task leads_from_one_typed_line_to_a_closed_incident()
    {
        await Expect(Title).ToHaveTextAsync("Declare an incident");
        await Visitor.PressAsync(guest.Tour, "Write it for me");
        await guest.Page.Keyboard.PressAsync("Enter");

        await Expect(Title).ToHaveTextAsync("A war room opens");
        await guest.GoesToAsync("inc-1-checkout-returns-500s");
        await Expect(Title).ToHaveTextAsync("Be somebody else");
        await Visitor.PressAsync(guest.Tour, "Next");
        await Expect(Title).ToHaveTextAsync("Let time pass");
        await guest.Page.RunAndWaitForResponseAsync(
            () => Visitor.PressAsync(guest.Page.GetByRole(AriaRole.Banner), "+10 min"), answer => answer.Url.EndsWith("/clock", StringComparison.Ordinal));
        await Visitor.PressAsync(guest.Tour, "Next");

        await Expect(Title).ToHaveTextAsync("Bring it to an end");
        await Visitor.PressAsync(guest.Card, "Resolve");
        await guest.Form.GetByLabel("What ended it?").FillAsync("Rolled back release 41");
        await guest.SendsFormAsync("Resolve", "resolved");
        await Visitor.PressAsync(guest.Card, "Close");
        await Expect(guest.Card).ToContainTextAsync("Closed");
        await Visitor.PressAsync(guest.Tour, "Done");
        await Expect(guest.Tour).ToBeHiddenAsync();
        Assert.Empty(guest.Troubles);
    }

    [Fact]
    public async Task is_over_once_the_tour_was_skipped_by_keyboard()
    {
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).FocusAsync();
        await guest.Page.Keyboard.PressAsync("Enter");
        await Expect(guest.Tour.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeFocusedAsync();
        await guest.Page.Keyboard.PressAsync("Escape");
        await Expect(guest.Tour).ToBeHiddenAsync();
        await guest.Page.ReloadAsync();
        await Expect(guest.Log).ToBeVisibleAsync();
        await Expect(guest.Tour).ToBeHiddenAsync();

        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Show the tour" }).ClickAsync();
        await Expect(Title).ToHaveTextAsync("Declare an incident");
    }

    public async ValueTask DisposeAsync()
    {
        await guest.DisposeAsync();
        await bot.DisposeAsync();
    }

    private ILocator Title => guest.Tour.GetByRole(AriaRole.Heading);
}
