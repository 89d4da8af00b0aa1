using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Slack's Web API. Every failure leaves as one of the <see cref="ChatException"/> exceptions.</summary>
internal sealed class SlackApi(IHttpClientFactory clients, IOptions<SlackOptions> options, SlackPacing pacing, TimeProvider time)
{
    public const string ClientName = "slack";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ActivitySource Activities = new("ChatOpsIR.Chat");

    /// <summary>What Slack last said that the token may do, separated by commas; null before the first answer.</summary>
    public string? GrantedScopes { get; private set; }

    public Task<JsonElement> WhoAmIAsync(CancellationToken cancellationToken) => ReadAsync("auth.test", [], cancellationToken);

    public Task<JsonElement> CreateChannelAsync(string name, bool isPrivate, CancellationToken cancellationToken) =>
        ShowAsync("conversations.create", null, new() { ["name"] = name, ["is_private"] = isPrivate }, cancellationToken);

    public Task<JsonElement> ListChannelsAsync(string? cursor, CancellationToken cancellationToken) => ReadAsync(
        "conversations.list",
        [new("types", "public_channel,private_channel"), new("exclude_archived", "true"), new("limit", "500"), .. Cursor(cursor)],
        cancellationToken);

    public Task<JsonElement> ReadHistoryAsync(string channel, string? oldest, string? cursor, CancellationToken cancellationToken) => ReadAsync(
        "conversations.history",
        [new("channel", channel), .. Page(cursor), .. oldest is null ? [] : new KeyValuePair<string, string>[] { new("oldest", oldest) }],
        cancellationToken);

    public Task<JsonElement> ReadRepliesAsync(string channel, string thread, string? cursor, CancellationToken cancellationToken) =>
        ReadAsync("conversations.replies", [new("channel", channel), new("ts", thread), .. Page(cursor)], cancellationToken);

    /// <summary>Gives refusals back as well, since they may be about single people.</summary>
    public Task<JsonElement> InviteAsync(string channel, IEnumerable<string> users, CancellationToken cancellationToken) => SendAsync(
        "conversations.invite",
        Json(new() { ["channel"] = channel, ["users"] = string.Join(',', users), ["force"] = true }),
        null,
        cancellationToken,
        cancellationToken);

    public Task<JsonElement> OpenDirectMessageAsync(string user, CancellationToken cancellationToken) =>
        WriteAsync("conversations.open", new() { ["users"] = user }, cancellationToken);

    public Task<JsonElement> SetTopicAsync(string channel, string topic, CancellationToken cancellationToken) =>
        ShowAsync("conversations.setTopic", null, new() { ["channel"] = channel, ["topic"] = topic }, cancellationToken);

    public async Task<JsonElement> PostAsync(string channel, JsonObject message, CancellationToken cancellationToken)
    {
        message["channel"] = channel;
        var answer = await ShowAsync("chat.postMessage", channel, message, cancellationToken);
        return answer.String("ts") is not null
            ? answer
            : throw new ChatOutcomeUnknownException("Slack accepted a message and did not say where it is.");
    }

    public Task<JsonElement> UpdateAsync(string channel, string ts, JsonObject message, CancellationToken cancellationToken)
    {
        message["channel"] = channel;
        message["ts"] = ts;
        return ShowAsync("chat.update", null, message, cancellationToken);
    }

    public Task<JsonElement> DeleteAsync(string channel, string ts, CancellationToken cancellationToken) =>
        ShowAsync("chat.delete", null, new() { ["channel"] = channel, ["ts"] = ts }, cancellationToken);

    public Task<JsonElement> WhisperAsync(string channel, string user, JsonObject message, CancellationToken cancellationToken)
    {
        message["channel"] = channel;
        message["user"] = user;
        return WriteAsync("chat.postEphemeral", message, cancellationToken);
    }

    public Task<JsonElement> OpenViewAsync(string triggerId, JsonObject view, CancellationToken cancellationToken) =>
        WriteAsync("views.open", new() { ["trigger_id"] = triggerId, ["view"] = view }, cancellationToken);

    public Task<JsonElement> PublishHomeAsync(string user, JsonObject view, CancellationToken cancellationToken) =>
        WriteAsync("views.publish", new() { ["user_id"] = user, ["view"] = view }, cancellationToken);

    public Task<JsonElement> ReadUserAsync(string user, CancellationToken cancellationToken) =>
        ReadAsync("users.info", [new("user", user)], cancellationToken);

    public Task<JsonElement> PinAsync(string channel, string ts, CancellationToken cancellationToken) =>
        WriteAsync("pins.add", new() { ["channel"] = channel, ["timestamp"] = ts }, cancellationToken);

    /// <summary>Posts to an address that Slack handed out. It is a secret of its own, and our token has no business there.</summary>
    public async Task AnswerAsync(Uri responseUrl, JsonObject message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = Json(message) };
        var answer = await ExchangeAsync("response_url", request, cancellationToken);
        SlackErrors.CheckStatus("response_url", answer.Status, answer.RetryAfter);
        if ((int)answer.Status is < 200 or > 299)
        {
            throw new ChatRefusedException("expired_url", "Slack no longer takes an answer to that action. Type the command again.");
        }
    }

    private static KeyValuePair<string, string>[] Page(string? cursor) => [new("include_all_metadata", "true"), new("limit", "200"), .. Cursor(cursor)];

    private static KeyValuePair<string, string>[] Cursor(string? cursor) => cursor is null ? [] : [new("cursor", cursor)];

    private static ByteArrayContent Json(JsonObject body) =>
        new(ApiJson.Bytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    private async Task<JsonElement> ReadAsync(string method, KeyValuePair<string, string>[] form, CancellationToken cancellationToken) =>
        SlackErrors.Check(method, await SendAsync(method, new FormUrlEncodedContent(form), null, cancellationToken, cancellationToken));

    private async Task<JsonElement> WriteAsync(string method, JsonObject body, CancellationToken cancellationToken) =>
        SlackErrors.Check(method, await SendAsync(method, Json(body), null, cancellationToken, cancellationToken));

    // What people will see is not called off once it is on its way: whoever hangs up never learns what became of it.
    private async Task<JsonElement> ShowAsync(string method, string? channel, JsonObject body, CancellationToken cancellationToken) =>
        SlackErrors.Check(method, await SendAsync(method, Json(body), channel, cancellationToken, CancellationToken.None));

    /// <summary>One call: waits for its turn, and remembers when Slack asks to slow down.</summary>
    /// <param name="waiting">Calls it off while it waits for its turn.</param>
    /// <param name="underWay">Calls it off when Slack may have it already.</param>
    private async Task<JsonElement> SendAsync(string method, HttpContent content, string? channel, CancellationToken waiting, CancellationToken underWay)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.ApiBaseUrl, method)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.BotToken);
        await pacing.WaitAsync(method, channel, waiting);
        waiting.ThrowIfCancellationRequested();
        try
        {
            var answer = await ExchangeAsync(method, request, underWay);
            GrantedScopes = answer.Scopes ?? GrantedScopes;
            return SlackErrors.Read(method, answer, options.Value.ApiBaseUrl);
        }
        catch (ChatRateLimitedException limited)
        {
            pacing.Hold(method, channel, limited.RetryAfter);
            throw;
        }
    }

    private async Task<SlackAnswer> ExchangeAsync(string method, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity($"chat {method}", ActivityKind.Client);
        using var clock = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, both.Token);
            var body = await response.Content.ReadAsByteArrayAsync(both.Token);
            activity?.SetTag("http.response.status_code", (int)response.StatusCode);
            var scopes = response.Headers.TryGetValues("x-oauth-scopes", out var granted) ? string.Join(',', granted) : null;
            return new SlackAnswer(response.StatusCode, RetryAfter(response), body, scopes);
        }
        catch (OperationCanceledException cancelled) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            throw new ChatOutcomeUnknownException(string.Create(CultureInfo.InvariantCulture, $"Slack did not answer {method} within {Patience.TotalSeconds} seconds."), cancelled);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            throw new ChatOutcomeUnknownException($"The line to {request.RequestUri!.GetLeftPart(UriPartial.Authority)} broke during {method}: {failure.Message}", failure);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
