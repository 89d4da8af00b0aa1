using System.Diagnostics;
using System.Net;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

public sealed class CallingSlack : IDisposable
{
    private readonly SlackBench bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task sends_the_token_in_the_header_only()
    {
        bench.Slack.Answer("chat.postMessage", """{"ok":true,"channel":"C1","ts":"1.000001"}""");

        await bench.Api.PostAsync("C1", [], Now);

        var call = Assert.Single(bench.Slack.Calls);
        Assert.Equal("Bearer xoxb-test", call.Authorization);
        Assert.Equal("application/json; charset=utf-8", call.ContentType);
        Assert.DoesNotContain("xoxb", call.Body + call.Address);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(200, """{"ok":false,"error":"ratelimited"}""")]
    public async Task waits_when_slack_asks_to(int status, string body)
    {
        bench.Slack.Answer("pins.add", body, (HttpStatusCode)status, retryAfter: 7);

        var limited = await Assert.ThrowsAsync<ChatRateLimitedException>(() => bench.Api.PinAsync("C1", "1.000001", Now));

        Assert.Equal(TimeSpan.FromSeconds(7), limited.RetryAfter);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4_300_000, 3600)]
    public async Task waits_within_reason_whatever_slack_asks_for(int asked, int waits)
    {
        bench.Slack.Answer("pins.add", "", HttpStatusCode.TooManyRequests, retryAfter: asked).Answer("pins.add", """{"ok":true}""");
        var limited = await Assert.ThrowsAsync<ChatRateLimitedException>(() => bench.Api.PinAsync("C1", "1.000001", Now));
        Assert.Equal(TimeSpan.FromSeconds(waits), limited.RetryAfter);

        var again = bench.Api.PinAsync("C1", "1.000001", Now);
        Assert.False(again.IsCompleted);
        bench.Clock.Advance(TimeSpan.FromSeconds(waits));
        await again.WaitAsync(TimeSpan.FromSeconds(10), Now);
    }

    [Fact]
    public async Task waits_half_a_minute_when_slack_does_not_say_how_long()
    {
        bench.Slack.Answer("pins.add", "", HttpStatusCode.TooManyRequests);

        var limited = await Assert.ThrowsAsync<ChatRateLimitedException>(() => bench.Api.PinAsync("C1", "1.000001", Now));

        Assert.Equal(TimeSpan.FromSeconds(30), limited.RetryAfter);
    }

    [Fact]
    public async Task at_an_address_that_is_not_Slacks_names_it_and_what_it_answered()
    {
        bench.Slack.Answer("pins.add", "<html>", HttpStatusCode.NotFound);

        var unknown = await Assert.ThrowsAsync<ChatOutcomeUnknownException>(() => bench.Api.PinAsync("C1", "1.000001", Now));

        Assert.Equal("https://slack.com/api/ answered pins.add with status 404 and nothing that says what happened. Is Slack__ApiBaseUrl right?", unknown.Message);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"ok":true,"ts":""}""")]
    [InlineData(200, """{"ok":false,"error":"fatal_error"}""")]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""")]
    [InlineData(503, """{"ok":false,"error":"service_unavailable"}""")]
    [InlineData(302, "")]
    public async Task does_not_know_whether_it_posted(int status, string body)
    {
        bench.Slack.Answer("chat.postMessage", body, (HttpStatusCode)status);

        await Assert.ThrowsAsync<ChatOutcomeUnknownException>(() => bench.Api.PostAsync("C1", [], Now));

        Assert.Single(bench.Slack.Calls);
    }

    [Fact]
    public async Task never_repeats_a_post_on_a_broken_line()
    {
        bench.Slack.Break("chat.postMessage");

        await Assert.ThrowsAsync<ChatOutcomeUnknownException>(() => bench.Api.PostAsync("C1", [], Now));

        Assert.Single(bench.Slack.Calls);
    }

    [Fact]
    public async Task asks_again_when_a_read_failed()
    {
        bench.Slack.Break("users.info").Answer("users.info", "", HttpStatusCode.BadGateway).Answer("users.info", """{"ok":true,"user":{"id":"U1"}}""");

        var answer = await bench.PassTimeAsync(bench.Api.ReadUserAsync("U1", Now), TimeSpan.FromMilliseconds(200));

        Assert.Equal("U1", answer.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal(3, bench.Slack.Calls.Count);
    }

    [Fact]
    public async Task gives_up_after_ten_seconds()
    {
        bench.Slack.Hang("pins.add");
        var call = bench.Api.PinAsync("C1", "1.000001", Now);

        await Assert.ThrowsAsync<ChatOutcomeUnknownException>(() => bench.PassTimeAsync(call, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task lets_the_caller_give_up()
    {
        bench.Slack.Hang("pins.add");
        using var source = new CancellationTokenSource();
        var call = bench.Api.PinAsync("C1", "1.000001", source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task names_the_scope_that_is_missing()
    {
        bench.Slack.Answer("pins.add", """{"ok":false,"error":"missing_scope","needed":"pins:write","provided":"chat:write"}""");

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => bench.Api.PinAsync("C1", "1.000001", Now));

        Assert.Equal("missing_scope", refused.Code);
        Assert.Contains("pins:write", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task traces_each_call()
    {
        var seen = new List<string>();
        using var trace = new Activity("this test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "ChatOpsIR.Chat",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace.TraceId)
                {
                    seen.Add(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        bench.Slack.Answer("pins.add", """{"ok":true}""");

        await bench.Api.PinAsync("C1", "1.000001", Now);

        Assert.Equal(["chat pins.add"], seen);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/commands/1", true)]
    [InlineData("https://slack.com/api/x", true)]
    [InlineData("http://hooks.slack.com/commands/1", false)]
    [InlineData("https://hooks.slack.com:8443/commands/1", false)]
    [InlineData("https://me@hooks.slack.com/commands/1", false)]
    [InlineData("https://hooks.slack.com.example.com/1", false)]
    [InlineData("https://notslack.com/1", false)]
    [InlineData("https://127.0.0.1/1", false)]
    public void answers_only_at_slacks_own_addresses(string address, bool allowed) =>
        Assert.Equal(allowed, bench.Talk.MayCall(new Uri(address)));

    [Fact]
    public async Task keeps_the_token_away_from_response_urls()
    {
        bench.Slack.Answer("1", "ok");

        await bench.Talk.AnswerAtAsync(new Uri("https://hooks.slack.com/commands/1"), Card.Say("Done."), Now);

        var call = Assert.Single(bench.Slack.Calls);
        Assert.Null(call.Authorization);
        Assert.Contains("\"replace_original\":false", call.Body, StringComparison.Ordinal);
    }

    public void Dispose() => bench.Dispose();
}
