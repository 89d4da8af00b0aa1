using Microsoft.Playwright;

namespace ChatOpsIR.Bot.Tests.Browser;

/// <summary>One real browser for all tests of the page; everybody who visits gets a profile of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Generous, because a busy machine is no reason to fail.</summary>
    public const float Patience = 90_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Elsewhere =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    // The browser is to call nobody but the bot; inside a container it has no sandbox to build on.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(playwright), Args = Arguments });
    }

    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => browser!.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string Find(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } asked)
        {
            return File.Exists(asked) ? asked : throw new FileNotFoundException($"CHROMIUM_PATH says {asked}, where there is no browser.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var installed = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)));
        return installed.Concat(Elsewhere).Append(playwright.Chromium.ExecutablePath).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            "No Chromium was found. `bash tests/run` installs one; or set CHROMIUM_PATH to the one you have.");
    }
}

/// <summary>The tests that share the browser. They take turns, so that no page waits for another's.</summary>
[CollectionDefinition(nameof(InTheBrowser))]
public sealed class InTheBrowser : ICollectionFixture<Chromium>;
