using System.Diagnostics;
using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using ChatOpsIR.Storage.Tables;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>Work in the background waits as the service asks it to, within reason.</summary>
public sealed class When_Azure_Tables_asks_to_wait
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, string, int> Waits => new()
    {
        { "Retry-After", "7", 7 },
        { "Retry-After", "0", 0 },
        { "Retry-After", "3600", 10 },
        { "Retry-After", "Tue, 24 Nov 2026 03:00:07 GMT", 7 },
        { "Retry-After", "Thu, 01 Jan 2099 00:00:00 GMT", 10 },
        { "Retry-After", "2099-01-01T00:00:00Z", 10 },
        { "retry-after-ms", "3600000", 10 },
        { "x-ms-retry-after-ms", "3600000", 10 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task it_is_given_ten_seconds_at_most(string header, string asked, int given)
    {
        using var client = new HttpClient(new RetryAfterWithinReason(TimeSpan.FromSeconds(10), Clock, new BusyService(header, asked)));
        var transport = new HttpClientTransport(client);
        foreach (var atOnce in new[] { true, false })
        {
            using var message = new HttpPipeline(transport).CreateMessage();
            message.Request.Uri.Reset(new Uri("https://account.example/"));
            if (atOnce)
            {
                transport.Process(message);
            }
            else
            {
                await transport.ProcessAsync(message);
            }

            Assert.True(message.Response.Headers.TryGetValue("Retry-After", out var told));
            Assert.Equal(given, int.TryParse(told, out var seconds) ? seconds : (DateTimeOffset.Parse(told, null) - Clock.GetUtcNow()).TotalSeconds);
            Assert.False(message.Response.Headers.Contains("retry-after-ms") || message.Response.Headers.Contains("x-ms-retry-after-ms"));
        }
    }

    [Fact]
    public async Task until_the_next_century_it_is_asked_again_soon()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{LoopbackPort.Next()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var serving = ServeAsync(listener);
        var settings = new TableSettings("acme") { ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=acme;AccountKey={Convert.ToBase64String(new byte[32])};TableEndpoint={address}acme" };
        var table = new StoreTable(new TableClients(settings).Working.GetTableClient("record"));
        var began = Stopwatch.GetTimestamp();

        Assert.Null(await table.FindAsync("p", "r", Token).WaitAsync(TimeSpan.FromSeconds(60), Token));

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 9, 60);
        listener.Stop();
        await serving;
    }

    // Busy at first, and then without the row.
    private static async Task ServeAsync(HttpListener listener)
    {
        for (var served = 0; served < 2; served++)
        {
            var call = await listener.GetContextAsync();
            call.Response.StatusCode = served == 0 ? 503 : 404;
            if (served == 0)
            {
                call.Response.Headers["Retry-After"] = "Thu, 01 Jan 2099 00:00:00 GMT";
            }

            await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("{}"));
            call.Response.Close();
        }
    }

    /// <summary>Answers everything with 503.</summary>
    private sealed class BusyService(string header, string asked) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new ByteArrayContent([]) };
            answer.Headers.TryAddWithoutValidation(header, asked);
            return answer;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
