using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ChatOpsIR.Bot.Tests.Slack.Outbound;

/// <summary>Plays Slack's side of the line: answers each method from its own list, the last answer again and again.</summary>
internal sealed class StubSlack : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> answers = [];

    public List<Call> Calls { get; } = [];

    public IEnumerable<Call> To(string method) => Calls.Where(call => call.Method == method);

    public StubSlack Answer(string method, string json, HttpStatusCode status = HttpStatusCode.OK, int? retryAfter = null) => Add(method, () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        }

        return response;
    });

    /// <summary>Something happens while the answer is on its way.</summary>
    public StubSlack AnswerWhile(string method, string json, Action happens) => Add(method, () =>
    {
        happens();
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    });

    public StubSlack Break(string method) => Add(method, () => throw new HttpRequestException("The line broke."));

    /// <summary>Never answers.</summary>
    public StubSlack Hang(string method) => Add(method, () => null!);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.RequestUri!.AbsolutePath.Split('/')[^1];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add(new Call(method, body, request.RequestUri, request.Headers.Authorization?.ToString(), request.Content?.Headers.ContentType?.ToString()));
        if (!answers.TryGetValue(method, out var waiting))
        {
            throw new InvalidOperationException($"Nobody told the stub what to answer to {method}.");
        }

        var response = (waiting.Count > 1 ? waiting.Dequeue() : waiting.Peek())();
        if (response is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return response!;
    }

    private StubSlack Add(string method, Func<HttpResponseMessage> answer)
    {
        if (!answers.TryGetValue(method, out var waiting))
        {
            answers[method] = waiting = new Queue<Func<HttpResponseMessage>>();
        }

        waiting.Enqueue(answer);
        return this;
    }

    internal sealed record Call(string Method, string Body, Uri Address, string? Authorization, string? ContentType);
}
