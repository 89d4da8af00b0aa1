using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Playground;

/// <summary>Switches troubles on over HTTP, as the page does.</summary>
internal static class ChaosDriving
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JsonObject> ChaosAsync(this HostedPlayground play, JsonObject? wanted = null)
    {
        using var answer = wanted is null
            ? await play.Browser.GetAsync(new Uri("/playground/api/chaos", UriKind.Relative), Ct)
            : await play.Browser.PostAsJsonAsync("/playground/api/chaos", wanted, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
    }

    public static Task<JsonObject> SayAsync(this HostedPlayground play, string text) =>
        play.ActAsync(new JsonObject { ["as"] = "mara", ["do"] = "message", ["channel"] = "incidents", ["text"] = text });

    public static async Task<int> CountAsync(this HostedPlayground play, string what) => (int)(await play.ChaosAsync())["counts"]![what]!;

    /// <summary>Timers are set on other threads, so the clock is pushed until something is heard.</summary>
    public static async Task<HttpRequestMessage> HearPushingAsync(this HostedPlayground play, TimeSpan step)
    {
        var hearing = play.HearAsync();
        while (!hearing.IsCompleted)
        {
            play.Clock.Advance(step);
            await Task.WhenAny(hearing, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct));
        }

        return await hearing;
    }

    public static string? Header(this HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    /// <summary>One call of the Web API, or null when its answer was lost.</summary>
    public static async Task<HttpResponseMessage?> CallAsync(this HostedPlayground play, string method, JsonObject arguments)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/playground/slack/api/{method}") { Content = JsonContent.Create(arguments) };
        request.Headers.Add("Authorization", "Bearer xoxb-playground");
        try
        {
            return await play.Browser.SendAsync(request, Ct);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException || (cut is OperationCanceledException && !Ct.IsCancellationRequested))
        {
            return null;
        }
    }
}

public class An_event_in_chaos
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly ConcurrentQueue<string> heard = [];

    private Task<HostedPlayground> StartAsync() => HostedPlayground.StartAsync(
        request =>
        {
            using var body = request.Content!.ReadAsStream(Ct);
            heard.Enqueue((string)JsonNode.Parse(body)!["event_id"]!);
            return new HttpResponseMessage(HttpStatusCode.OK);
        },
        options => options.ChaosSeed = 7);

    [Fact]
    public async Task comes_late_by_no_more_than_was_asked()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["late"] = 5 });
        var start = play.Clock.GetUtcNow();
        await play.SayAsync("late");
        await play.HearPushingAsync(TimeSpan.FromMilliseconds(100));
        Assert.True(play.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(1));
        Assert.Equal(1, await play.CountAsync("late"));
    }

    [Fact]
    public async Task comes_again_as_slack_retries_when_the_answer_was_lost()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["duplicate"] = 1 });
        await play.SayAsync("twice");
        var first = await play.HearAsync();
        var second = await play.HearAsync();
        Assert.Single(heard.Distinct());
        Assert.Null(first.Header("X-Slack-Retry-Num"));
        Assert.Equal(("1", "http_timeout"), (second.Header("X-Slack-Retry-Num"), second.Header("X-Slack-Retry-Reason")));
        await RetryAsync(async () => Assert.Equal((1, 1), (await play.CountAsync("doubled"), await play.CountAsync("taken"))));
        Assert.Empty(play.Workspace.Look().Unacknowledged);
    }

    [Fact]
    public async Task comes_up_to_four_times_over_six_minutes()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["duplicate"] = 3 });
        for (var said = 0; said < 8; said++)
        {
            await play.SayAsync($"{said}");
        }

        await PushUntilAsync(play, TimeSpan.FromSeconds(30), async () => await play.CountAsync("taken") == 8);
        Assert.InRange(await play.CountAsync("doubled"), 9, 24);
        Assert.Equal(0, await play.CountAsync("givenUp"));
    }

    [Fact]
    public async Task overtakes_another_and_none_is_lost()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["reorder"] = 10 });
        for (var said = 0; said < 8; said++)
        {
            await play.SayAsync($"{said}");
        }

        while (heard.Count < 8)
        {
            await play.HearPushingAsync(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(8, heard.Distinct().Count());
        Assert.NotEqual(heard.Order(StringComparer.Ordinal), heard);
        Assert.NotEqual(0, await play.CountAsync("reordered"));
    }

    [Fact]
    public async Task that_misses_the_bot_comes_again_once_the_line_is_back()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["disconnect"] = true });
        await play.SayAsync("anybody there?");
        await RetryAsync(async () => Assert.Equal(2, await play.CountAsync("unreachable")));
        await play.ChaosAsync(new JsonObject { ["disconnect"] = false });
        var heard = await play.HearPushingAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(("2", "connection_failed"), (heard.Header("X-Slack-Retry-Num"), heard.Header("X-Slack-Retry-Reason")));
    }

    [Fact]
    public async Task is_given_up_when_the_line_stays_cut()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["disconnect"] = true });
        await play.SayAsync("anybody there?");
        await PushUntilAsync(play, TimeSpan.FromSeconds(30), async () => await play.CountAsync("givenUp") == 1);
        Assert.Equal(4, await play.CountAsync("unreachable"));
        Assert.Empty(play.Workspace.Look().Unacknowledged);
    }

    [Fact]
    public async Task that_waits_goes_at_once_when_calm_returns()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["late"] = 120, ["reorder"] = 60 });
        await play.SayAsync("waits");
        var calm = await play.ChaosAsync(new JsonObject { ["calm"] = true });
        Assert.True((bool)calm["calm"]!);
        await play.HearAsync();
        await play.SayAsync("goes straight");
        await play.HearAsync();
    }

    internal static async Task RetryAsync(Func<Task> check)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await check();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (tries < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
            }
        }
    }

    private static async Task PushUntilAsync(HostedPlayground play, TimeSpan step, Func<Task<bool>> so)
    {
        for (var tries = 0; tries < 300 && !await so(); tries++)
        {
            play.Clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }

        Assert.True(await so());
    }
}

public class A_command_in_chaos
{
    private static readonly JsonObject Order = new() { ["as"] = "mara", ["do"] = "command", ["channel"] = "payments", ["text"] = "/incident" };

    [Fact]
    public async Task is_neither_late_nor_doubled()
    {
        var heard = 0;
        await using var play = await HostedPlayground.StartAsync(_ =>
        {
            Interlocked.Increment(ref heard);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        await play.ChaosAsync(new JsonObject { ["late"] = true, ["duplicate"] = 3, ["reorder"] = true });
        Assert.True((bool)(await play.ActAsync((JsonObject)Order.DeepClone()))["ok"]!);
        play.Clock.Advance(TimeSpan.FromMinutes(10));
        await play.ActAsync((JsonObject)Order.DeepClone());
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task fails_in_front_of_its_person_while_the_line_is_cut_and_is_not_sent_later()
    {
        await using var play = await HostedPlayground.StartAsync(_ => throw new InvalidOperationException("The line is cut."));
        await play.ChaosAsync(new JsonObject { ["disconnect"] = true });
        var answer = await play.ActAsync((JsonObject)Order.DeepClone());
        Assert.Equal("dispatch_failed", (string?)answer["error"]);
        await play.ChaosAsync(new JsonObject { ["calm"] = true });
        play.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await play.CountAsync("unreachable"));
    }
}

public class A_call_in_chaos
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HostedPlayground> StartAsync() => HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.OK), options => options.ChaosSeed = 7);

    /// <summary>Posts a number of messages; gives how each call ended, and the texts that are there.</summary>
    private static async Task<(List<(int Status, string Body)?> Answers, HashSet<string> Posted)> PostAsync(HostedPlayground play, int times)
    {
        List<(int, string)?> answers = [];
        for (var number = 0; number < times; number++)
        {
            using var answer = await play.CallAsync("chat.postMessage", new JsonObject { ["channel"] = play.Workspace.Look().Channel("incidents")!.Id, ["text"] = $"{number}" });
            answers.Add(answer is null ? null : ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)));
        }

        return (answers, [.. play.Workspace.Look().Channel("incidents")!.Messages.Select(message => message.Text)]);
    }

    [Fact]
    public async Task is_told_to_wait_and_not_carried_out()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["rateLimit"] = 5 });
        HttpResponseMessage? limited = null;
        for (var tries = 0; limited is null && tries < 50; tries++)
        {
            var answer = await play.CallAsync("conversations.create", new JsonObject { ["name"] = $"room-{tries}" });
            limited = answer!.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
            Assert.Equal(limited is null, play.Workspace.Look().Channel($"room-{tries}") is not null);
        }

        Assert.Equal("5", limited!.Headers.GetValues("Retry-After").Single());
        Assert.Equal("ratelimited", (string?)(await limited.Content.ReadFromJsonAsync<JsonObject>(Ct))!["error"]);
        Assert.Equal(1, await play.CountAsync("rateLimited"));
    }

    [Fact]
    public async Task fails_with_a_5xx_or_an_internal_error_that_may_have_been_carried_out()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["serverError"] = 50 });
        var (answers, posted) = await PostAsync(play, 60);
        Assert.Contains(answers, answer => answer!.Value.Status == 503);
        Assert.All(answers.Index(), one => Assert.True(one.Item!.Value.Status == 200 || !posted.Contains($"{one.Index}")));
        var internalErrors = answers.Index().Where(one => one.Item!.Value.Body.Contains("internal_error", StringComparison.Ordinal)).ToList();
        Assert.Contains(internalErrors, one => posted.Contains($"{one.Index}"));
        Assert.Contains(internalErrors, one => !posted.Contains($"{one.Index}"));
    }

    [Theory]
    [InlineData("dropBefore", false)]
    [InlineData("dropAfter", true)]
    public async Task is_cut_off(string trouble, bool carriedOut)
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { [trouble] = 50 });
        var (answers, posted) = await PostAsync(play, 30);
        Assert.Contains(answers, answer => answer is null);
        Assert.Contains(answers, answer => answer is not null);
        Assert.All(answers.Index(), one => Assert.Equal(carriedOut || one.Item is not null, posted.Contains($"{one.Index}")));
        Assert.Equal(answers.Count(answer => answer is null), await play.CountAsync("dropped"));
    }

    [Fact]
    public async Task is_answered_slowly()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["slow"] = 15 });
        var call = play.CallAsync("auth.test", []);
        await An_event_in_chaos.RetryAsync(async () => Assert.Equal(1, await play.CountAsync("slowed")));
        Assert.False(call.IsCompleted);
        while (!call.IsCompleted)
        {
            play.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct));
        }

        Assert.Equal(HttpStatusCode.OK, (await call)!.StatusCode);
    }

    [Fact]
    public async Task does_not_arrive_while_the_line_is_cut_and_does_once_it_is_calm()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["disconnect"] = true });
        Assert.Null(await play.CallAsync("auth.test", []));
        await play.ChaosAsync(new JsonObject { ["calm"] = true });
        Assert.Equal(HttpStatusCode.OK, (await play.CallAsync("auth.test", []))!.StatusCode);
    }
}

public class The_chaos_switches
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HostedPlayground> StartAsync() => HostedPlayground.StartAsync(_ => new HttpResponseMessage(HttpStatusCode.OK));

    [Fact]
    public async Task are_off_at_the_start_and_after_a_restart()
    {
        await using var play = await StartAsync();
        Assert.True((bool)(await play.ChaosAsync())["calm"]!);
        await play.ChaosAsync(new JsonObject { ["late"] = true });
        using MemoryStream saved = new();
        play.Workspace.Save(saved);
        saved.Position = 0;
        using var again = Workspace.Load(saved, play.Workspace.Settings, play.Clock);
        Assert.True(again.Chaos.Look().Calm);
    }

    [Theory]
    [InlineData("""{"earthquake": true}""", "There is no trouble called earthquake")]
    [InlineData("""{"late": 100000}""", "late is true, false, or a whole number from 0 to 120")]
    [InlineData("""{"duplicate": 1, "late": -1}""", "whole number")]
    public async Task refuse_what_makes_no_sense_and_stay_as_they_were(string wanted, string sentence)
    {
        await using var play = await StartAsync();
        using var answer = await play.Browser.PostAsJsonAsync("/playground/api/chaos", JsonNode.Parse(wanted), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.True((bool)(await play.ChaosAsync())["calm"]!);
    }

    [Fact]
    public async Task are_moved_from_the_own_page_only()
    {
        await using var play = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/api/chaos") { Content = JsonContent.Create(new JsonObject { ["late"] = true }) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await play.Browser.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task make_the_same_chance_of_the_same_seed()
    {
        await using var play = await StartAsync();
        string[] ends = [await EndsAsync(play), await EndsAsync(play)];
        Assert.Equal(ends[0], ends[1]);
    }

    [Fact]
    public async Task stand_in_a_pane_of_the_page()
    {
        await using var play = await StartAsync();
        await play.ChaosAsync(new JsonObject { ["late"] = 30 });
        var html = await play.Browser.GetStringAsync(new Uri("/playground?as=mara&x=chaos", UriKind.Relative), Ct);
        Assert.Contains("""role="switch" aria-checked="true" data-trouble="late" aria-label="Late events""", html, StringComparison.Ordinal);
        Assert.Contains("""role="switch" aria-checked="false" data-trouble="disconnect" aria-label="Disconnect""", html, StringComparison.Ordinal);
        Assert.Contains("Chaos on", html, StringComparison.Ordinal);
    }

    private static async Task<string> EndsAsync(HostedPlayground play)
    {
        await play.ChaosAsync(new JsonObject { ["seed"] = 11, ["serverError"] = 50 });
        List<string> ends = [];
        for (var tries = 0; tries < 20; tries++)
        {
            using var answer = await play.CallAsync("auth.test", []);
            ends.Add($"{(int)answer!.StatusCode} {(await answer.Content.ReadAsStringAsync(Ct)).Length}");
        }

        return string.Join(';', ends);
    }
}
