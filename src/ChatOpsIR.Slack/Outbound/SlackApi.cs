using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Calls one method of Slack's Web API, and turns whatever comes back into an answer or one of the port's exceptions.</summary>
internal sealed class SlackApi(IHttpClientFactory clients, IOptions<SlackOptions> options, SlackPacing pacing, TimeProvider time)
{
    public const string HttpClientName = "slack";

    private const string SourceName = "ChatOpsIR.Chat";
    private static readonly ActivitySource Calls = new(SourceName);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitWithoutHeader = TimeSpan.FromSeconds(30);

    /// <summary>A method that takes JSON.</summary>
    public Task<JsonElement> CallAsync(string method, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken, string? channel = null)
    {
        var body = JsonBytes.Of(arguments);
        return SendAsync(method, channel, () => new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } }, cancellationToken);
    }

    /// <summary>A method that takes a form only; Slack ignores JSON there.</summary>
    public Task<JsonElement> ReadAsync(string method, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancellationToken)
    {
        var given = arguments.ToArray();
        return SendAsync(method, null, () => new FormUrlEncodedContent(given), cancellationToken);
    }

    /// <summary>Posts to a response URL, which carries its own permission.</summary>
    public async Task RespondAsync(Uri address, byte[] message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(message) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        using var answer = await SendAsync("response_url", request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new ChatRefusedException("response_url", $"Slack did not take the answer ({(int)answer.StatusCode}).");
        }
    }

    private async Task<JsonElement> SendAsync(string method, string? channel, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        await pacing.WaitAsync(method, channel, cancellationToken);
        using var call = Calls.StartActivity($"chat {method}");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.ApiBaseUrl, method)) { Content = content() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        using var answer = await SendAsync(method, request, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.TooManyRequests)
        {
            throw Limited(method, channel, answer.Headers.RetryAfter?.Delta);
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw new ChatOutcomeUnknownException($"Slack answered {(int)answer.StatusCode} to {method}.");
        }

        return Accept(method, channel, await ParseAsync(method, answer, cancellationToken));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await clients.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ChatOutcomeUnknownException($"Slack did not answer {method}.", problem);
        }
    }

    private static async Task<JsonElement> ParseAsync(string method, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ChatOutcomeUnknownException($"Slack's answer to {method} is no object.");
        }
        catch (JsonException problem)
        {
            throw new ChatOutcomeUnknownException($"Slack's answer to {method} is no JSON.", problem);
        }
    }

    private JsonElement Accept(string method, string? channel, JsonElement answer)
    {
        if (answer.TryGetProperty("ok", out var ok) && ok.ValueKind is JsonValueKind.True)
        {
            return answer;
        }

        var code = answer.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String ? error.GetString()! : "no_error_code";
        throw code switch
        {
            "ratelimited" or "rate_limited" => Limited(method, channel, null),
            "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org" =>
                new ChatOutcomeUnknownException($"Slack answered {code} to {method}."),
            _ => new ChatRefusedException(code, SlackErrors.Explain(method, code, answer)),
        };
    }

    private ChatRateLimitedException Limited(string method, string? channel, TimeSpan? retryAfter)
    {
        var wait = retryAfter ?? WaitWithoutHeader;
        pacing.HoldOff(method, channel, wait);
        return new ChatRateLimitedException(wait);
    }
}

internal static class JsonBytes
{
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
