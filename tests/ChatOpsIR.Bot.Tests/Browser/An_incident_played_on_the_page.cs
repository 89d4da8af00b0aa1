using ChatOpsIR.Bot.Tests.Stories;
using ChatOpsIR.Storage.Export;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>Three people, three browsers, one bot: nothing is done but what the page offers, and nobody reloads it.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class An_incident_played_on_the_page(Chromium chromium) : IAsyncLifetime
{
    private const string Room = "inc-1-checkout-returns-500s";

    private RunningBot bot = null!;
    private Visitor mara = null!;
    private Visitor priya = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.StartAsync();
        mara = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "mara");
        priya = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "priya");
    }

    [Fact]
    public async Task goes_from_one_typed_line_to_a_record_that_verifies()
    {
        await DeclareByOneLineAsync();
        await OfferAndAcceptARoleAsync();
        await TalkAsync();
        await ComeDueAndBeUpdatedAsync();
        await ResolveAndCloseAsync();
        await LeaveARecordThatVerifiesAsync();
        Assert.Empty(mara.Troubles.Concat(priya.Troubles));
    }

    [Fact]
    public async Task is_declared_by_form_too()
    {
        await Visitor.PressAsync(mara.Channels, "Declare an incident");
        await Visitor.PressAsync(mara.Form, "Declare");
        await Expect(mara.Form.GetByLabel("What is happening?")).ToBeFocusedAsync();
        await Expect(mara.Form.GetByText("Please complete this required field.")).ToBeVisibleAsync();

        await mara.Form.GetByLabel("What is happening?").FillAsync("Search is slow");
        await mara.Form.GetByLabel("SEV2").CheckAsync();
        await mara.SendsFormAsync("Declare", "INC-1 is declared as SEV2.");

        await mara.GoesToAsync("inc-1-search-is-slow");
        await Expect(mara.Card).ToContainTextAsync("INC-1 Search is slow");
        await priya.GoesToAsync("incidents");
        await Expect(priya.Message("INC-1 SEV2 Search is slow")).ToBeVisibleAsync();
        Assert.Empty(mara.Troubles.Concat(priya.Troubles));
    }

    public async ValueTask DisposeAsync()
    {
        await mara.DisposeAsync();
        await priya.DisposeAsync();
        await bot.DisposeAsync();
    }

    private async Task DeclareByOneLineAsync()
    {
        await mara.GoesToAsync("incidents");
        await mara.SaysAsync("/incident declare Checkout returns 500s sev:1");
        await Expect(mara.Message("Only you can see this")).ToContainTextAsync("INC-1 is declared as SEV1.");

        await mara.GoesToAsync(Room);
        await Expect(mara.Card.GetByRole(AriaRole.Heading)).ToHaveTextAsync("INC-1 Checkout returns 500s");
        await Expect(mara.Card).ToContainTextAsync("SEV1");
        await Expect(mara.Card).ToContainTextAsync("@Mara Lindqvist");
    }

    private async Task OfferAndAcceptARoleAsync()
    {
        await Visitor.PressAsync(mara.Card, "Hand over a role");
        await mara.Form.GetByLabel("Which role?").SelectOptionAsync("Communications Officer");
        await mara.Form.GetByLabel("Priya Raman").CheckAsync();
        await mara.SendsFormAsync("Offer the role", "to be Communications Officer");

        await priya.GoesToAsync("ChatOpsIR");
        await Visitor.PressAsync(priya.Message("You are asked to be Communications Officer of INC-1."), "Accept the role");
        await Expect(mara.Card).ToContainTextAsync("@Priya Raman");
    }

    private async Task TalkAsync()
    {
        await priya.GoesToAsync(Room);
        await mara.SaysAsync("Rolling bakc now");
        await mara.SaysAsync("It was Tom");

        await mara.UsesAsync(mara.Message("Rolling bakc now"), "Edit");
        await mara.Page.GetByLabel("Edit message").FillAsync("Rolling back now");
        await priya.UsesAsync(priya.Message("Rolling bakc now"), "React");
        await Visitor.PressAsync(priya.Message("Rolling bakc now"), "eyes");
        await priya.SaysAsync("Looking at Frankfurt");
        await Expect(mara.Message("Looking at Frankfurt")).ToBeVisibleAsync();
        await Expect(mara.Page.GetByLabel("Edit message")).ToHaveValueAsync("Rolling back now");
        await Visitor.PressAsync(mara.Log, "Save");
        await Expect(priya.Message("Rolling back now")).ToContainTextAsync("edited");
        await Expect(mara.Message("Rolling back now").GetByLabel("eyes, 1")).ToBeVisibleAsync();

        await mara.UsesAsync(mara.Message("It was Tom"), "Delete");
        await Expect(priya.Message("It was Tom")).ToHaveCountAsync(0);

        await priya.UsesAsync(priya.Message("Rolling back now"), "Reply in thread");
        await priya.RepliesAsync("Which regions first?");
        await Expect(priya.Thread).ToContainTextAsync("Which regions first?");
        await Expect(mara.Message("Rolling back now")).ToContainTextAsync("1 reply");
        await bot.IsToldAsync("INC-1", "Which regions first?");
    }

    private async Task ComeDueAndBeUpdatedAsync()
    {
        foreach (var _ in Enumerable.Range(1, 3))
        {
            await Visitor.PressAsync(mara.Page.GetByRole(AriaRole.Banner), "+10 min");
        }

        var reminder = priya.Message("The status update was due");
        await Visitor.PressAsync(reminder, "Post update");
        await priya.Form.GetByLabel("What do we see, what do we do?").FillAsync("Errors are falling");
        await priya.SendsFormAsync("Post update", "Errors are falling");
        await Expect(mara.Card).ToContainTextAsync("Errors are falling");
    }

    private async Task ResolveAndCloseAsync()
    {
        await Visitor.PressAsync(mara.Card, "Resolve");
        await mara.Form.GetByLabel("What ended it?").FillAsync("Rolled back release 41");
        await mara.SendsFormAsync("Resolve", "resolved");
        await Expect(priya.Message("resolved the incident: Rolled back release 41")).ToBeVisibleAsync();

        await Visitor.PressAsync(mara.Card, "Close");
        await Expect(mara.Card).ToContainTextAsync("Closed");
    }

    private async Task LeaveARecordThatVerifiesAsync()
    {
        await bot.IsToldAsync("INC-1", "closed");
        var export = new ExportedRecord(await bot.ExportAsync("INC-1"));
        Assert.Equal("Rolling bakc now", export.The("message-edited", "Rolling back now").PreviousText);
        Assert.Equal("It was Tom", export.The("message-deleted", "It was Tom").PreviousText);
        Assert.NotNull(export.The("message", "Which regions first?").Thread);
        Assert.Contains("reaction-added", export.Kinds);
        Assert.IsType<Verdict.Intact>(await VerdictAsync(export.Json));

        var told = export.The("message", "Rolling bakc now").Version;
        Assert.Equal(told, Assert.IsType<Verdict.Broken>(await VerdictAsync(export.WithOneBitTurned(told, "content"))).Version);
    }

    private static Task<Verdict> VerdictAsync(byte[] export) => ExportVerifier.VerifyAsync(new MemoryStream(export), TestContext.Current.CancellationToken);
}
