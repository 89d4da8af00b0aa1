using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Asks twice more where asking again changes nothing. What writes is never repeated here: it might happen twice.</summary>
internal static class ReadRetry
{
    public static HttpRetryStrategyOptions Options => new()
    {
        MaxRetryAttempts = 2,
        Delay = TimeSpan.FromMilliseconds(200),
        BackoffType = DelayBackoffType.Constant,
        UseJitter = false,
        ShouldRetryAfterHeader = false,
        ShouldHandle = static attempt => ValueTask.FromResult(IsRead(attempt.Context.GetRequestMessage()) && HasFailed(attempt.Outcome)),
    };

    private static bool IsRead(HttpRequestMessage? request)
    {
        var method = request?.RequestUri?.AbsolutePath.Split('/')[^1] ?? "";
        return method is "auth.test" || (method.Split('.') is [.., "info" or "list" or "history" or "replies"] && request!.Headers.Authorization is not null);
    }

    private static bool HasFailed(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or IOException || (int?)outcome.Result?.StatusCode >= 500;
}
