using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatOpsIR.Playground;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>A hosted playground whose bot is a function.</summary>
internal sealed class HostedPlayground : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<HttpRequestMessage> heard = System.Threading.Channels.Channel.CreateUnbounded<HttpRequestMessage>();

    private HostedPlayground(WebApplication app) => this.app = app;

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_735_689_600));

    public HttpClient Browser { get; private set; } = null!;

    public Workspace Workspace => app.Services.GetRequiredService<Workspace>();

    public static async Task<HostedPlayground> StartAsync(Func<HttpRequestMessage, HttpResponseMessage> bot, Action<PlaygroundOptions>? change = null)
    {
        HostedPlayground? made = null;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_ => made!.Clock);
        builder.Services.AddPlayground(builder.Environment, options =>
        {
            options.RateLimits = false;
            change?.Invoke(options);
        });
        builder.Services.AddHttpClient(PlaygroundOptions.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new Answering(request =>
        {
            made!.heard.Writer.TryWrite(request);
            return bot(request);
        }));
        made = new HostedPlayground(builder.Build());
        made.app.MapPlayground();
        await made.app.StartAsync();
        made.Browser = made.app.GetTestClient();
        return made;
    }

    public async Task<JsonObject> ActAsync(JsonObject act)
    {
        using var answer = await Browser.PostAsJsonAsync("/playground/api/act", act);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async Task<HttpRequestMessage> HearAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await heard.Reader.ReadAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> bot) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(bot(request));
    }
}

public class A_hosted_playground
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly JsonObject Say = new() { ["as"] = "mara", ["do"] = "message", ["channel"] = "incidents", ["text"] = "hi" };

    private static HttpResponseMessage Ok(HttpRequestMessage request) => new(HttpStatusCode.OK);

    [Fact]
    public async Task signs_what_it_sends()
    {
        var expected = new TaskCompletionSource<string>();
        await using var play = await HostedPlayground.StartAsync(
            request =>
            {
                var body = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
                var text = $"v0:{request.Headers.GetValues("X-Slack-Request-Timestamp").Single()}:{body}";
                expected.TrySetResult("v0=" + Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(text))));
                return Ok(request);
            },
            options => options.SigningSecret = "s3cret");
        await play.ActAsync(Say);
        var request = await play.HearAsync();
        Assert.Equal(await expected.Task.WaitAsync(Ct), request.Headers.GetValues("X-Slack-Signature").Single());
        Assert.Equal("1735689600", request.Headers.GetValues("X-Slack-Request-Timestamp").Single());
        Assert.Equal("http://127.0.0.1:5080/slack/events", request.RequestUri!.ToString());
    }

    [Fact]
    public async Task tries_an_event_again_at_once_and_after_a_minute_and_after_five()
    {
        await using var play = await HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        await play.ActAsync(Say);
        Assert.False((await play.HearAsync()).Headers.Contains("X-Slack-Retry-Num"));
        foreach (var (number, wait) in new[] { ("1", 0), ("2", 1), ("3", 5) })
        {
            if (wait > 0)
            {
                await Eventually(() => Task.FromResult(play.Workspace.Look().Unacknowledged.Count == 1));
            }

            var request = await Next(play, TimeSpan.FromMinutes(wait));
            Assert.Equal(number, request.Headers.GetValues("X-Slack-Retry-Num").Single());
            Assert.Equal("http_error", request.Headers.GetValues("X-Slack-Retry-Reason").Single());
        }

        await Eventually(() => Task.FromResult(play.Workspace.Look().Unacknowledged.Count == 0));
    }

    [Fact]
    public async Task stops_when_it_is_asked_not_to_retry()
    {
        await using var play = await HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError) { Headers = { { "X-Slack-No-Retry", "1" } } });
        await play.ActAsync(Say);
        await play.HearAsync();
        await Eventually(() => Task.FromResult(play.Workspace.Look().Unacknowledged.Count == 0));
    }

    [Fact]
    public async Task answers_a_command_with_what_the_bot_said()
    {
        await using var play = await HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { text = "Declared" }) });
        var answer = await play.ActAsync(new JsonObject { ["as"] = "mara", ["do"] = "command", ["channel"] = "payments", ["text"] = "/incident" });
        Assert.Equal((true, "Declared"), ((bool)answer["ok"]!, (string?)answer["answer"]!["text"]));
        var me = await play.Browser.GetFromJsonAsync<JsonObject>("/playground/api/me/mara", Ct);
        Assert.Equal("Declared", (string?)me!["ephemerals"]![0]!["text"]);
    }

    [Fact]
    public async Task serves_the_web_api_to_a_bearer()
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/slack/api/auth.test");
        request.Headers.Add("Authorization", "Bearer xoxb-playground");
        using var response = await play.Browser.SendAsync(request, Ct);
        Assert.Equal("Fernhill", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["team"]);
        Assert.True(response.Headers.Contains("x-oauth-scopes"));
    }

    [Fact]
    public async Task answers_loopback_names_only()
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/playground") { Headers = { Host = "rebound.example" } };
        using var response = await play.Browser.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task takes_acts_from_its_own_page_only(string header, string value)
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/api/act") { Content = JsonContent.Create(Say) };
        request.Headers.Add(header, value);
        using var response = await play.Browser.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(play.Workspace.Look().Channel("incidents")!.Messages);
    }

    [Fact]
    public async Task draws_hostile_text_as_text_under_a_strict_policy()
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        play.Workspace.Act(new JsonObject { ["as"] = "mara", ["do"] = "message", ["channel"] = "incidents", ["text"] = "<script>alert(1)</script> \"'`<img src=x>`" });
        using var response = await play.Browser.GetAsync(new Uri("/playground?as=mara&c=incidents", UriKind.Relative), Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"as":"mara","do":"message","channel":"incidents","text":"\ud83d"}""")]
    [InlineData("""{"as":"mara","do":"submit","values":{"a":["\udc00"]}}""")]
    [InlineData("""{"as":"mara","as":"idris","do":"read"}""")]
    public async Task says_what_is_wrong_with_an_act_that_nobody_can_read(string act)
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        using var response = await play.Browser.PostAsync(new Uri("/playground/api/act", UriKind.Relative), new StringContent(act, Encoding.UTF8, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.EndsWith("Send whole characters, and each name once.", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task leaves_a_clock_alone_that_cannot_be_moved()
    {
        await using var play = await HostedPlayground.StartAsync(Ok);
        using var response = await play.Browser.PostAsJsonAsync("/playground/api/clock", new { advanceSeconds = 600 }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public void refuses_to_start_outside_development()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        var refusal = Assert.Throws<OptionsValidationException>(() => builder.Services.AddPlayground(builder.Environment));
        Assert.Contains("Development only", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The wait is set on another thread, so the clock is pushed until somebody has noticed.</summary>
    private static async Task<HttpRequestMessage> Next(HostedPlayground play, TimeSpan wait)
    {
        var hearing = play.HearAsync();
        for (var tries = 0; !hearing.IsCompleted && tries < 200; tries++)
        {
            play.Clock.Advance(wait / 20);
            await Task.WhenAny(hearing, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }

        return await hearing;
    }

    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await so())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Fail("It did not happen within five seconds.");
    }
}
