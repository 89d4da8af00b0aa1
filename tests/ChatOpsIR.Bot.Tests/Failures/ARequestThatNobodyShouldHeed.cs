using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsIR.Bot.Tests.Playground;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>Over HTTP, into the bot's own pieces: the answer is one thing, that nothing was stored another.</summary>
public sealed class A_request_that_nobody_should_heed : IAsyncLifetime
{
    private readonly PlayedBot bot = new();
    private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication app = null!;
    private HttpClient http = null!;

    public static TheoryData<string> Paths => ["/slack/commands", "/slack/interactivity", "/slack/events", "/slack/options"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await bot.WithWarRoomAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddLogging().AddRoutingCore().AddSingleton(bot.Door);
        app = builder.Build();
        app.Use((context, next) =>
        {
            var served = next(context);
            reading.TrySetResult();
            return served;
        });
        app.MapSlack();
        await app.StartAsync(Ct);
        http = app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task differs_from_a_genuine_one_which_is_stored()
    {
        foreach (var genuine in Requests())
        {
            var before = await bot.StoredAsync();
            Assert.Equal(HttpStatusCode.OK, await PostAsync(genuine.Path, genuine.Body, genuine.ContentType, Sign));
            Assert.True(await bot.StoredAsync() > before, genuine.Path);
        }
    }

    [Fact]
    public Task because_it_is_unsigned_is_turned_away_and_leaves_nothing() =>
        LeavesNothingAsync(HttpStatusCode.Unauthorized, (_, _) => { });

    [Fact]
    public Task because_its_signature_is_made_up_is_turned_away_and_leaves_nothing() =>
        LeavesNothingAsync(HttpStatusCode.Unauthorized, (headers, _) => Put(headers, Timestamp(TimeSpan.Zero), $"v0={new string('0', 64)}"));

    [Fact]
    public Task because_it_is_signed_with_another_secret_is_turned_away_and_leaves_nothing() =>
        LeavesNothingAsync(HttpStatusCode.Unauthorized, (headers, body) => SignWith("another secret", TimeSpan.Zero, headers, body));

    [Fact]
    public Task because_its_body_was_changed_is_turned_away_and_leaves_nothing() =>
        LeavesNothingAsync(HttpStatusCode.Unauthorized, (headers, body) => Sign(headers, [.. body, (byte)' ']));

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public Task because_it_is_stale_or_from_the_future_is_turned_away_and_leaves_nothing(int seconds) =>
        LeavesNothingAsync(HttpStatusCode.Unauthorized, (headers, body) => SignWith(PlayedBot.Secret, TimeSpan.FromSeconds(seconds), headers, body));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task because_it_is_larger_than_a_mebibyte_is_turned_away_and_leaves_nothing(string path)
    {
        var before = await bot.StoredAsync();
        var body = new byte[(1024 * 1024) + 1];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(path, body, "application/json", Sign));
        Assert.Equal(before, await bot.StoredAsync());
    }

    [Theory]
    [InlineData("/slack/events", "{\"type\":\"event_callback\",")]
    [InlineData("/slack/events", "[1]")]
    [InlineData("/slack/events", "\u0000\u0001")]
    [InlineData("/slack/events", "")]
    [InlineData("/slack/commands", "{\"text\":\"declare x\"}")]
    [InlineData("/slack/commands", "text=declare+x")]
    [InlineData("/slack/interactivity", "payload=%7B%22type%22")]
    [InlineData("/slack/interactivity", "text=1")]
    [InlineData("/slack/interactivity", "payload=%7B%22type%22%3A%22view_submission%22%7D")]
    public async Task because_nobody_can_read_it_is_a_bad_one_and_leaves_nothing(string path, string body)
    {
        var before = await bot.StoredAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(path, Encoding.UTF8.GetBytes(body), "application/json", Sign));
        Assert.Equal(before, await bot.StoredAsync());
    }

    [Fact]
    public async Task because_it_trickles_in_is_given_up_after_two_seconds_and_leaves_nothing()
    {
        var before = await bot.StoredAsync();
        var genuine = Requests()[1];
        using var content = new Trickle(genuine.Body);
        Put(content.Headers, genuine.ContentType);
        Sign(content.Headers, genuine.Body);

        var answer = http.PostAsync(genuine.Path, content, Ct);
        await reading.Task.WaitAsync(Ct);
        bot.Clock.Advance(SlackDoor.Patience);

        using var response = await answer.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Ct);
        Assert.Equal(HttpStatusCode.RequestTimeout, response.StatusCode);
        Assert.Equal(before, await bot.StoredAsync());
    }

    [Fact]
    public async Task because_its_body_took_most_of_the_two_seconds_gets_only_the_rest_for_the_store()
    {
        var genuine = Requests()[1];
        using var content = new Trickle(genuine.Body);
        Put(content.Headers, genuine.ContentType);
        Sign(content.Headers, genuine.Body);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bot.Store.On = (method, _) =>
        {
            if (method is not nameof(Core.Ports.IStreamStore.AppendAsync))
            {
                return null;
            }

            reached.TrySetResult();
            return Trouble.Stalls;
        };

        var answer = http.PostAsync(genuine.Path, content, Ct);
        await reading.Task.WaitAsync(Ct);
        bot.Clock.Advance(SlackDoor.Patience - TimeSpan.FromMilliseconds(100));
        content.GoOn.SetResult();
        await reached.Task.WaitAsync(Ct);
        for (var passed = 0; passed < 200 && !answer.IsCompleted; passed++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
            bot.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        using var response = await answer.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    /// <summary>A command, an event, and a press: each of them would leave something.</summary>
    private (string Path, string ContentType, byte[] Body)[] Requests()
    {
        var room = bot.Played.Workspace.Look().Channels.Single(channel => channel.Name.StartsWith("inc-1-", StringComparison.Ordinal)).Id;
        var note = bot.Played.Act("mara", "command", new JsonObject { ["channel"] = room, ["text"] = "/incident note We roll back" }).Delivery!;
        bot.Played.Say("mara", room, "Rolling back now");
        var message = bot.Played.Workspace.TakeDeliveries().Single(delivery => delivery.Kind is DeliveryKind.Event);
        var about = (string)Playing.Parse(message.Body)["event"]!["ts"]!;
        var shortcut = bot.Played.Act("mara", "message-shortcut", new JsonObject { ["channel"] = room, ["ts"] = about }).Delivery!;
        bot.Played.Workspace.TakeDeliveries();
        return [.. new[] { note, message, shortcut }.Select(delivery => (delivery.Path, delivery.ContentType, delivery.Body))];
    }

    private async Task LeavesNothingAsync(HttpStatusCode expected, Action<HttpContentHeaders, byte[]> sign)
    {
        var before = await bot.StoredAsync();
        foreach (var (path, type, body) in Requests())
        {
            Assert.Equal(expected, await PostAsync(path, body, type, sign));
        }

        Assert.Equal(before, await bot.StoredAsync());
    }

    private async Task<HttpStatusCode> PostAsync(string path, byte[] body, string contentType, Action<HttpContentHeaders, byte[]> sign)
    {
        using var content = new ByteArrayContent(body);
        Put(content.Headers, contentType);
        sign(content.Headers, body);
        using var response = await http.PostAsync(path, content, Ct);
        return response.StatusCode;
    }

    private void Sign(HttpContentHeaders headers, byte[] body) => SignWith(PlayedBot.Secret, TimeSpan.Zero, headers, body);

    private void SignWith(string secret, TimeSpan off, HttpContentHeaders headers, byte[] body)
    {
        var timestamp = Timestamp(off);
        Put(headers, timestamp, SlackSignature.Sign(secret, timestamp, body));
    }

    private string Timestamp(TimeSpan off) => (bot.Clock.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static void Put(HttpContentHeaders headers, string contentType) => headers.ContentType = new MediaTypeHeaderValue(contentType);

    private static void Put(HttpContentHeaders headers, string timestamp, string signature)
    {
        headers.Add("X-Slack-Request-Timestamp", timestamp);
        headers.Add("X-Slack-Signature", signature);
    }

    /// <summary>Sends half of its bytes and the rest when it is told to.</summary>
    private sealed class Trickle(byte[] body) : HttpContent
    {
        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, body.Length / 2));
            await stream.FlushAsync();
            await GoOn.Task;
            await stream.WriteAsync(body.AsMemory(body.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
