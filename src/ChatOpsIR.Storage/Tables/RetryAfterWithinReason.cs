using System.Net.Http.Headers;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// Shortens what the service asks to wait. Azure's own retries obey it past their longest wait, be it an hour or to a date of the next
/// century, and nothing in them can be told otherwise. A service that is asked too early says so again.
/// </summary>
internal sealed class RetryAfterWithinReason(TimeSpan longest, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Each is obeyed where it is sent.
    private static readonly string[] Spellings = ["Retry-After", "retry-after-ms", "x-ms-retry-after-ms"];

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Shortened(base.Send(request, cancellationToken));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Shortened(await base.SendAsync(request, cancellationToken));

    private HttpResponseMessage Shortened(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter is { } said ? said.Delta ?? said.Date - time.GetUtcNow() : null;
        var spelled = Spellings.Where(answer.Headers.Contains).ToArray();
        if (spelled is [] || (spelled is ["Retry-After"] && asked <= longest))
        {
            return answer;
        }

        foreach (var spelling in spelled)
        {
            answer.Headers.Remove(spelling);
        }

        answer.Headers.RetryAfter = new RetryConditionHeaderValue(asked < longest && asked >= TimeSpan.Zero ? asked.Value : longest);
        return answer;
    }
}
