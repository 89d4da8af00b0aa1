using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Playground;

/// <summary>Posts one delivery to the bot, signed as Slack signs.</summary>
internal sealed class BotConnection(IHttpClientFactory clients, IOptions<PlaygroundOptions> options, TimeProvider clock)
{
    public async Task<Attempt> PostAsync(Delivery delivery, int retry, string? reason, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Value.AnswerWithin);
        try
        {
            using var request = Request(delivery, retry, reason);
            using var client = clients.CreateClient(PlaygroundOptions.HttpClientName);
            using var response = await client.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            var answer = new BotAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
            var noRetry = response.Headers.TryGetValues("X-Slack-No-Retry", out var values) && values.Contains("1");
            return new Attempt(answer, "http_error", noRetry);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Attempt(BotAnswer.Nothing, "http_timeout", false);
        }
        catch (HttpRequestException)
        {
            return new Attempt(new BotAnswer(null, null, []), "connection_failed", false);
        }
    }

    private HttpRequestMessage Request(Delivery delivery, int retry, string? reason)
    {
        var (timestamp, signature) = RequestSigner.Sign(options.Value.SigningSecret, delivery.Body, clock.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(options.Value.BotUrl), delivery.Path))
        {
            Content = new ByteArrayContent(delivery.Body) { Headers = { ContentType = new MediaTypeHeaderValue(delivery.ContentType) } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature);
        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", reason);
        }

        return request;
    }
}

/// <summary>What came back from one try, and the word for it in the next try's headers.</summary>
/// <param name="AnswerLost">The bot did answer, and chaos took the answer away.</param>
internal sealed record Attempt(BotAnswer Answer, string Reason, bool NoRetry, bool AnswerLost = false);
