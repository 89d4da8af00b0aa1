using System.Net;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Slack;
using ChatOpsIR.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Bot.Tests.Slack.Inbound;

public class A_request_over_http
{
    [Theory]
    [InlineData("/slack/commands")]
    [InlineData("/slack/interactivity")]
    [InlineData("/slack/events")]
    [InlineData("/slack/options")]
    public async Task reaches_the_door(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(path, new StringContent("{}")));
    }

    [Fact]
    public async Task of_a_mebibyte_is_read()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/slack/events", new ByteArrayContent(new byte[1024 * 1024])));
    }

    [Fact]
    public async Task of_one_byte_more_is_too_large()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/slack/events", new ByteArrayContent(new byte[(1024 * 1024) + 1])));
    }

    [Fact]
    public async Task of_undeclared_length_is_cut_off_all_the_same()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/slack/events", new Undeclared((1024 * 1024) + 1)));
    }

    private static async Task<HttpStatusCode> PostAsync(string path, HttpContent content)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddLogging().AddRoutingCore()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IDesk>(new FakeDesk())
            .AddSingleton<ISlackTalk>(new FakeTalk())
            .AddSingleton<IKeyedHash>(new PlainHash())
            .AddSingleton<SlackDoor>()
            .Configure<SlackOptions>(slack => slack.SigningSecret = "secret");
        await using var app = builder.Build();
        app.MapSlack();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var response = await app.GetTestClient().PostAsync(path, content, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private sealed class Undeclared(int length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[length]).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
