using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Crashes;
using ChatOpsIR.Bot.Tests.Stories;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>The playground as its own process, beside a bot that knows it as Slack.</summary>
public class A_playground_on_its_own
{
    private const string Page = "/playground";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task shows_its_page_and_is_the_workspace_of_a_bot_that_runs_elsewhere()
    {
        var (here, there) = (NextAddress(), NextAddress());
        await using var playground = BotProcess.Start(here, Settings(("ASPNETCORE_ENVIRONMENT", "Development"), ("Playground__BotUrl", there.ToString())), "playground");
        await using var bot = BotProcess.Start(there, Settings(
            ("Slack__SigningSecret", "playground-signing-secret"), ("Slack__BotToken", "xoxb-playground"), ("Slack__AnnounceChannel", "incidents"),
            ("Slack__ApiBaseUrl", new Uri(here, "/playground/slack/api/").ToString()), ("Storage__Path", ":memory:")));
        await playground.ReadyAsync(Page);
        await bot.ReadyAsync();
        using var http = new HttpClient { BaseAddress = here };
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        Assert.Contains("incidents", await http.GetStringAsync(new Uri(Page, UriKind.Relative), Ct), StringComparison.Ordinal);
        var answered = await TypesAsync(http, "/incident declare Checkout returns 500s sev:1");
        Assert.True(answered.Contains("INC-1 is declared as SEV1", StringComparison.Ordinal), $"{answered}\n{bot.Said}\n{playground.Said}");

        await RunningBot.EventuallyAsync("the war room has its card", async () =>
            (await SaidInAsync(http, An_incident.Room)).Any(text => text.StartsWith("INC-1", StringComparison.Ordinal)));
        await RunningBot.EventuallyAsync("the incident is announced", async () =>
            (await SaidInAsync(http, "incidents")).Any(text => text.StartsWith("INC-1", StringComparison.Ordinal)));
    }

    private static Uri NextAddress() => new($"http://127.0.0.1:{LoopbackPort.Next()}");

    private static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary(one => one.Name, one => one.Value);

    private static async Task<string> TypesAsync(HttpClient http, string text)
    {
        using var answer = await http.PostAsJsonAsync("/playground/api/act", new { @as = "mara", @do = "command", channel = "incidents", text }, Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<string[]> SaidInAsync(HttpClient http, string channel)
    {
        using var answer = await http.GetAsync(new Uri($"/playground/api/channels/{channel}?as=mara", UriKind.Relative), Ct);
        return answer.IsSuccessStatusCode
            ? [.. (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["messages"]!.AsArray().Select(message => message!["text"]!.GetValue<string>())]
            : [];
    }
}
