using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>Somebody in front of the page, in a browser profile of their own. Uses what a person sees: names, labels, roles.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private const string TellViolations =
        "addEventListener('securitypolicyviolation', event => console.error(`The page breaks its own policy: ${event.violatedDirective} ${event.blockedURI}`))";

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> troubles = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, said) =>
        {
            if (said.Type is "error")
            {
                troubles.Enqueue(said.Text);
            }
        };
        page.PageError += (_, thrown) => troubles.Enqueue(thrown);
        page.Dialog += (_, question) => _ = question.AcceptAsync();
    }

    public IPage Page { get; }

    public ILocator Channels => Page.GetByRole(AriaRole.Navigation, new() { Name = "Channels" });

    public ILocator Card => Page.GetByRole(AriaRole.Region, new() { Name = "Pinned card" });

    public ILocator Log => Page.GetByRole(AriaRole.Log, new() { Name = "Messages" });

    public ILocator Thread => Page.GetByRole(AriaRole.Log, new() { Name = "Thread" });

    public ILocator Home => Page.GetByRole(AriaRole.Region, new() { Name = "App home" });

    public ILocator Details => Page.GetByRole(AriaRole.Complementary, new() { Name = "Channel details" });

    public ILocator Tour => Page.GetByRole(AriaRole.Region, new() { Name = "Guided tour" });

    public ILocator Form => Page.GetByRole(AriaRole.Dialog);

    /// <summary>What the browser complained of: thrown errors, failed requests, violations of the content security policy.</summary>
    public IEnumerable<string> Troubles => troubles;

    /// <summary>Somebody who knows the page; whoever comes for the first time is shown the tour.</summary>
    public static async Task<Visitor> OpenAsync(Chromium chromium, Uri bot, string who, BrowserNewContextOptions? options = null, bool firstTime = false)
    {
        options ??= new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 800 } };
        options.BaseURL = bot.ToString();
        var context = await chromium.NewContextAsync(options);
        context.SetDefaultTimeout(Chromium.Patience);
        await context.AddInitScriptAsync(TellViolations);
        if (!firstTime)
        {
            await context.AddCookiesAsync([new() { Name = "playground-tour", Value = "done", Url = new Uri(bot, "/playground").ToString() }]);
        }

        var visitor = new Visitor(context, await context.NewPageAsync());
        await visitor.Page.GotoAsync($"/playground?as={who}");
        return visitor;
    }

    public ILocator Message(string text) => Log.GetByRole(AriaRole.Article).Filter(new() { HasText = text });

    /// <summary>Follows a channel or a conversation in the list.</summary>
    public async Task GoesToAsync(string name)
    {
        await FollowAsync(Channels.GetByRole(AriaRole.Link, new() { Name = name }));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
    }

    /// <summary>Follows a link to another page, and waits until that one answers to what is done on it.</summary>
    public async Task FollowAsync(ILocator link)
    {
        await Page.EvaluateAsync("() => { document.left = true; }");
        await link.ClickAsync();
        await LiveAsync(Page.Locator("body"));
    }

    public Task SaysAsync(string text) => SendAsync("Message", text);

    public Task RepliesAsync(string text) => SendAsync("Reply in thread", text);

    /// <summary>Presses one of the tools that stand at a message under the pointer.</summary>
    public async Task UsesAsync(ILocator message, string tool)
    {
        await (await LiveAsync(message)).HoverAsync();
        await message.GetByLabel(tool, new() { Exact = true }).First.ClickAsync();
    }

    /// <summary>Sends the open form by its button, reads what came of it, and closes it.</summary>
    public async Task SendsFormAsync(string button, string result)
    {
        await PressAsync(Form, button);
        await Expect(Form).ToContainTextAsync(result);
        await PressAsync(Form, "Close");
        await Expect(Form).ToHaveCountAsync(0);
    }

    public static async Task PressAsync(ILocator within, string button) =>
        await (await LiveAsync(within.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last)).ClickAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    // What has just been drawn does nothing before the page's script runs; on a busy machine a test is faster than that.
    private static async Task<ILocator> LiveAsync(ILocator control)
    {
        await control.WaitForAsync();
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(Chromium.Patience);
        while (!await IsLiveAsync(control.Page))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "The page never came to life.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return control;
    }

    // Asked of the page itself: waiting for the event misses one that comes while a navigation is being noticed.
    private static async Task<bool> IsLiveAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("() => document.readyState === 'complete' && !document.left");
        }
        catch (PlaywrightException leaving) when (leaving.Message.Contains("context was destroyed", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }

    private async Task SendAsync(string field, string text)
    {
        // A message field becomes a combobox while there is something to choose from.
        var box = Page.GetByRole(AriaRole.Textbox, new() { Name = field, Exact = true }).Or(Page.GetByRole(AriaRole.Combobox, new() { Name = field, Exact = true }));
        await (await LiveAsync(box)).FillAsync(text);

        // Whoever leaves the page before the workspace has answered has perhaps said nothing.
        await Page.RunAndWaitForResponseAsync(() => box.PressAsync("Enter"), answer => answer.Url.EndsWith("/playground/api/act", StringComparison.Ordinal));
        await Expect(box).ToHaveValueAsync("");
    }
}
