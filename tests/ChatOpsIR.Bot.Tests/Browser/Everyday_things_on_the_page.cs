using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Stories;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>What people do in a chat all day, done with what the page offers.</summary>
[Collection(nameof(InTheBrowser))]
public sealed class Everyday_things_on_the_page(Chromium chromium, EverydayBot bot) : IClassFixture<EverydayBot>, IAsyncLifetime
{
    private Visitor mara = null!;

    public async ValueTask InitializeAsync()
    {
        mara = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "mara");
        await mara.GoesToAsync("incidents");
    }

    private ILocator Field => mara.Page.GetByLabel("Message", new() { Exact = true });

    private ILocator Choices => mara.Page.GetByRole(AriaRole.Listbox);

    [Fact]
    public async Task people_are_called_by_a_name_chosen_with_the_keyboard()
    {
        await using var priya = await ComesAsync("priya", "general");
        await Field.PressSequentiallyAsync("See @pri");
        await Expect(Field).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(Choices.GetByRole(AriaRole.Option, new() { Name = "Priya Raman" })).ToHaveAttributeAsync("aria-selected", "true");
        await Field.PressAsync("Enter");
        await Expect(Field).ToHaveValueAsync("See @Priya Raman ");
        await Field.PressSequentiallyAsync("in #pay");
        await Expect(Choices.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Field.PressAsync("Tab");
        await Field.PressAsync("Enter");

        await Expect(mara.Message("See").Locator(".mention")).ToHaveTextAsync(["@Priya Raman", "#payments"]);
        await Expect(mara.Message("See").Locator(".mention.me")).ToHaveCountAsync(0);
        await Expect(priya.Channels.GetByRole(AriaRole.Link, new() { Name = "incidents 1 mention" })).ToBeVisibleAsync();
        await priya.GoesToAsync("incidents");
        await Expect(priya.Message("See").Locator(".mention.me")).ToHaveTextAsync("@Priya Raman");
        await Expect(priya.Channels.GetByRole(AriaRole.Link, new() { Name = "incidents", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(mara.Troubles.Concat(priya.Troubles));
    }

    [Fact]
    public async Task a_list_of_names_closes_without_a_choice()
    {
        await Field.PressSequentiallyAsync("mail @");
        await Expect(Choices).ToBeVisibleAsync();
        await Field.PressAsync("Escape");
        await Expect(Choices).ToBeHiddenAsync();
        await Expect(Field).Not.ToHaveAttributeAsync("role", "combobox");
        await Field.PressAsync("Enter");
        await Expect(mara.Message("mail @")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task a_file_is_attached_downloaded_and_deleted()
    {
        await using var priya = await ComesAsync("priya", "incidents");
        await mara.Page.Locator(".room input[type=file]").SetInputFilesAsync(new FilePayload { Name = "errors.html", MimeType = "text/html", Buffer = "<b>12</b>"u8.ToArray() });
        await Expect(mara.Page.GetByRole(AriaRole.List, new() { Name = "Attached files" })).ToContainTextAsync("errors.html");
        await mara.SaysAsync("The log of the last hour");

        var message = priya.Message("The log of the last hour");
        var download = await priya.Page.RunAndWaitForDownloadAsync(() => message.GetByLabel("Download errors.html").ClickAsync());
        Assert.Equal("<b>12</b>", Encoding.UTF8.GetString(await BytesAsync(download)));
        await Expect(message.GetByLabel("Delete errors.html")).ToHaveCountAsync(0);

        await mara.Message("The log").GetByLabel("Delete errors.html").ClickAsync();
        await Expect(message).ToContainTextAsync("A file that was here was deleted.");
        Assert.Empty(mara.Troubles.Concat(priya.Troubles));
    }

    [Fact]
    public async Task a_file_that_is_too_large_is_refused_with_a_sentence()
    {
        await mara.Page.Locator(".room input[type=file]").SetInputFilesAsync(new FilePayload { Name = "dump.bin", MimeType = "application/octet-stream", Buffer = new byte[1_000_001] });
        await Expect(mara.Page.GetByText("“dump.bin” is too large: a file may have 1 MB at most.")).ToBeVisibleAsync();
        await Expect(mara.Page.GetByRole(AriaRole.List, new() { Name = "Attached files" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task whoever_named_no_channel_stays_where_they_are_when_a_war_room_opens()
    {
        await using var idris = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, "idris");
        var title = idris.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        var room = await title.InnerTextAsync();
        await idris.SaysAsync("/incident declare Mail queue grows sev:3");
        await Expect(idris.Channels.GetByRole(AriaRole.Link, new() { Name = "mail-queue-grows" })).ToBeVisibleAsync();

        await Expect(title).ToHaveTextAsync(room);
        await idris.SaysAsync("Said where I was");
        await Expect(idris.Message("Said where I was")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task a_message_offers_the_apps_shortcuts()
    {
        await mara.SaysAsync("/incident declare Checkout returns 500s sev:1");
        await mara.GoesToAsync("checkout-returns-500s");
        await mara.SaysAsync("Restarting the cache");
        await mara.UsesAsync(mara.Message("Restarting the cache"), "More actions");
        foreach (var label in new[] { "Declare from this", "Task stub as note" })
        {
            await Expect(mara.Message("Restarting the cache").GetByRole(AriaRole.Button, new() { Name = label })).ToBeVisibleAsync();
        }

        await Visitor.PressAsync(mara.Message("Restarting the cache"), "Add to timeline");
        await Expect(mara.Log.GetByText("Only you can see this").First).ToBeVisibleAsync();
        Assert.Empty(mara.Troubles);
    }

    [Fact]
    public async Task the_message_field_offers_the_apps_global_shortcut()
    {
        await mara.Page.GetByLabel("Attachments and shortcuts").ClickAsync();
        await Visitor.PressAsync(mara.Page.Locator(".room .composer"), "Declare an incident");
        await Expect(mara.Form.GetByLabel("What is happening?")).ToBeVisibleAsync();
        await Visitor.PressAsync(mara.Form, "Close");
        await Expect(mara.Form).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task the_apps_home_shows_what_the_app_publishes_and_its_buttons_work()
    {
        var id = (string)(await bot.Http.GetFromJsonAsync<JsonObject>("/playground/api/me/mara", TestContext.Current.CancellationToken))!["id"]!;
        await mara.Channels.GetByRole(AriaRole.Link, new() { Name = "Incident home" }).ClickAsync();
        await Expect(mara.Home).ToBeVisibleAsync();

        // The bot draws its own page when it hears that somebody opened it; what is published after that stays.
        await Expect(mara.Home.GetByRole(AriaRole.Button).First).ToBeVisibleAsync();
        await PublishAsync(id, """
            {"type":"home","blocks":[{"type":"header","text":{"type":"plain_text","text":"Nothing waits for you"}},
             {"type":"actions","elements":[{"type":"button","action_id":"anything","text":{"type":"plain_text","text":"Look again"}}]}]}
            """);
        await Expect(mara.Home.GetByRole(AriaRole.Heading, new() { Name = "Nothing waits for you" })).ToBeVisibleAsync();
        var answer = await mara.Page.RunAndWaitForResponseAsync(() => Visitor.PressAsync(mara.Home, "Look again"), response => response.Url.EndsWith("/act", StringComparison.Ordinal));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task an_incident_is_found_by_a_part_of_its_title_while_it_is_typed()
    {
        await mara.SaysAsync("/incident declare Search is slow sev:3");
        await mara.SaysAsync("/incident declare Invoices are late sev:4");
        await mara.GoesToAsync("general");
        await mara.SaysAsync("/incident note The vendor confirms it");
        var which = mara.Form.GetByLabel("Which incident?");
        var offered = mara.Form.Locator("datalist option");
        await Expect(which).ToBeFocusedAsync();
        await Expect(offered).Not.ToHaveCountAsync(0);
        await which.PressSequentiallyAsync("voices");
        await Expect(offered).ToHaveCountAsync(1);

        await Visitor.PressAsync(mara.Form, "Go on");
        await Expect(mara.Form.GetByText("Please complete this required field.")).ToBeVisibleAsync();
        await which.FillAsync("voices");
        await Expect(offered).ToHaveCountAsync(1);
        await which.FillAsync(await offered.GetAttributeAsync("value") ?? "");
        await mara.SendsFormAsync("Go on", "noted: The vendor confirms it");
        Assert.Empty(mara.Troubles);
    }

    [Fact]
    public async Task a_channel_tells_its_people_its_topic_and_what_is_pinned()
    {
        await mara.SaysAsync("Runbook: https://wiki.fernhill.example/checkout");
        await mara.UsesAsync(mara.Message("Runbook"), "Pin");
        await mara.Page.GetByLabel("Channel details").ClickAsync();
        await Expect(mara.Details.Locator(".pinned")).ToContainTextAsync("Runbook");
        await Expect(mara.Details).ToContainTextAsync("Idris Okafor Incident Manager");
        await mara.Details.GetByLabel("Purpose").FillAsync("Say it here first");
        await Visitor.PressAsync(mara.Details, "Set purpose");
        await Expect(mara.Details.GetByText("Say it here first")).ToBeVisibleAsync();
        await mara.Details.GetByLabel("Close the details").ClickAsync();
        await Expect(mara.Details).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task one_is_somebody_else_by_one_press_or_by_the_arrows()
    {
        var people = mara.Page.GetByRole(AriaRole.Navigation, new() { Name = "Act as" });
        await Expect(people.GetByRole(AriaRole.Link)).ToHaveCountAsync(5);
        await people.GetByRole(AriaRole.Link, new() { Name = "Mara" }).FocusAsync();
        await mara.Page.Keyboard.PressAsync("ArrowRight");
        await mara.Page.Keyboard.PressAsync("ArrowRight");
        await mara.Page.Keyboard.PressAsync("Enter");
        await Expect(people.GetByRole(AriaRole.Link, new() { Name = "Priya Communications Officer" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(mara.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("incidents");
    }

    public async ValueTask DisposeAsync() => await mara.DisposeAsync();

    private async Task<Visitor> ComesAsync(string who, string room)
    {
        var visitor = await Visitor.OpenAsync(chromium, bot.Http.BaseAddress!, who);
        await visitor.GoesToAsync(room);
        return visitor;
    }

    private async Task PublishAsync(string user, string view)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/slack/api/views.publish")
        {
            Content = JsonContent.Create(new JsonObject { ["user_id"] = user, ["view"] = JsonNode.Parse(view) }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-playground");
        using var response = await bot.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((bool)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["ok"]!);
    }

    private static async Task<byte[]> BytesAsync(IDownload download)
    {
        await using var stream = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}

/// <summary>One bot for all of them: they stay out of each other's way.</summary>
public sealed class EverydayBot : IAsyncLifetime
{
    private RunningBot bot = null!;

    public HttpClient Http => bot.Http;

    public async ValueTask InitializeAsync() => bot = await RunningBot.StartAsync();

    public ValueTask DisposeAsync() => bot.DisposeAsync();
}
