using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using ChatOpsIR.Playground;

namespace ChatOpsIR.Bot.Tests.Failures;

/// <summary>The line to the playground's workspace, which a test can break method by method.</summary>
internal sealed class UnreliableSlack(Workspace workspace, TimeProvider time) : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Fault>> once = [];
    private readonly Dictionary<string, Fault> always = [];

    /// <summary>What comes back instead of the workspace's answer.</summary>
    /// <param name="perform">Carries the call out after all.</param>
    public delegate HttpResponseMessage Fault(Func<HttpResponseMessage> perform);

    public List<(string Method, DateTimeOffset At)> Calls { get; } = [];

    public static Fault Refuse(string error, string more = "") => _ => Json($$"""{"ok":false,"error":"{{error}}"{{more}}}""");

    public static Fault Status(int status) => _ => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("") };

    public static Fault RateLimit(int seconds) => _ => new HttpResponseMessage(HttpStatusCode.TooManyRequests)
    {
        Content = new StringContent("""{"ok":false,"error":"ratelimited"}"""),
        Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) },
    };

    /// <summary>The call is carried out and the line breaks before its answer.</summary>
    public static HttpResponseMessage DropAfterwards(Func<HttpResponseMessage> perform)
    {
        perform().Dispose();
        throw new HttpRequestException("The line broke.");
    }

    public static HttpResponseMessage Html(Func<HttpResponseMessage> perform)
    {
        _ = perform;
        return new HttpResponseMessage { Content = new StringContent("<!DOCTYPE html><p>Slack is having a bad day", Encoding.UTF8, "text/html") };
    }

    public void Once(string method, params Fault[] faults) => once[method] = new Queue<Fault>(faults);

    public void Always(string method, Fault fault) => always[method] = fault;

    public int CallsOf(string method) => Calls.Count(call => call.Method == method);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = request.RequestUri!.AbsolutePath.Split('/')[^1];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (request.RequestUri.AbsolutePath.Contains("/response/", StringComparison.Ordinal))
        {
            return Answer("response_url", () =>
            {
                var (status, text) = workspace.Respond(name, JsonNode.Parse(body) as JsonObject);
                return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text) };
            });
        }

        return Answer(name, () =>
        {
            var fromJson = request.Content?.Headers.ContentType?.MediaType is "application/json";
            var answer = workspace.Call(name, request.Headers.Authorization?.Parameter, fromJson ? (JsonObject)JsonNode.Parse(body)! : Form(body), fromJson);
            var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body) };
            foreach (var (header, value) in answer.Headers)
            {
                response.Headers.TryAddWithoutValidation(header, value);
            }

            return response;
        });
    }

    private HttpResponseMessage Answer(string method, Func<HttpResponseMessage> perform)
    {
        Calls.Add((method, time.GetUtcNow()));
        return once.TryGetValue(method, out var waiting) && waiting.TryDequeue(out var fault) ? fault(perform)
            : always.TryGetValue(method, out var standing) || always.TryGetValue("*", out standing) ? standing(perform)
            : perform();
    }

    private static JsonObject Form(string body)
    {
        var fields = HttpUtility.ParseQueryString(body);
        return new JsonObject(fields.AllKeys.OfType<string>().Select(key => KeyValuePair.Create(key, (JsonNode?)fields[key])));
    }

    private static HttpResponseMessage Json(string json) => new() { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
