using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ChatOpsIR.Bot.Tests.Storage.Tables;

/// <summary>What may happen to one request on its way to Azure Tables and back.</summary>
internal enum Trouble
{
    None,

    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>It is carried out, and its answer never comes.</summary>
    AnswerLost,

    /// <summary>It is held up on its way until the test lets it arrive, long after its sender has given up.</summary>
    Late,

    /// <summary>It is carried out, and the connection breaks before the answer.</summary>
    Broken,

    /// <summary>The service is busy: 503, and asks to come again later.</summary>
    Busy,

    /// <summary>The account is throttled: 429, and asks to come again later.</summary>
    Throttled,

    /// <summary>Somebody has deleted the table.</summary>
    NoTable,
}

/// <summary>The way to the emulator, with troubles that a test chooses for each request.</summary>
internal sealed class Troubles : HttpPipelineTransport, IDisposable
{
    private readonly HttpClientTransport road = new();
    private readonly List<string> requests = [];
    private readonly List<HttpRequestMessage> late = [];
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asked for every request: the method with the last part of the address, and how many of these came before.</summary>
    public Func<string, int, Trouble> Choose { get; set; } = (_, _) => Trouble.None;

    /// <summary>A request of this name is carried out twice, and the second answer is the one that arrives.</summary>
    public string? Again { get; init; }

    /// <summary>So many answers to a query are empty and say that it goes on.</summary>
    public int EmptyPagesFirst { get; set; }

    /// <summary>Done when the first request waits for an answer that does not come; whatever it asks for has been done by then, or will not be.</summary>
    public Task Held => held.Task;

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public void Dispose() => road.Dispose();

    /// <summary>Lets every request arrive that was held up; gives what the service answered, which nobody else hears.</summary>
    public async Task<IReadOnlyList<string>> ArriveLateAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answers = new List<string>();
        foreach (var request in late)
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            answers.Add(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        late.Clear();
        return answers;
    }

    public override Request CreateRequest() => road.CreateRequest();

    public override void Process(HttpMessage message) => road.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var (name, before) = Note(message.Request);
        if (name == Again)
        {
            await road.ProcessAsync(message);
            message.Response.Dispose();
        }

        if (EmptyPagesFirst > 0 && message.Request.Uri.Query.Contains("filter", StringComparison.Ordinal))
        {
            EmptyPagesFirst--;
            message.Response = new Answer(200, "OK", """{"value":[]}""",
                ("Content-Type", "application/json"), ("x-ms-continuation-NextPartitionKey", "p"), ("x-ms-continuation-NextRowKey", "e"));
            return;
        }

        switch (Choose(name, before))
        {
            case Trouble.Lost:
                await NeverAsync(message.CancellationToken);
                break;
            case Trouble.AnswerLost:
                await road.ProcessAsync(message);
                message.Response.Dispose();
                await NeverAsync(message.CancellationToken);
                break;
            case Trouble.Late:
                late.Add(await CopyAsync(message.Request));
                await NeverAsync(message.CancellationToken);
                break;
            case Trouble.Broken:
                await road.ProcessAsync(message);
                message.Response.Dispose();
                throw new RequestFailedException(0, "The connection broke.", new IOException("The connection broke."));
            case Trouble.Busy:
                message.Response = new Answer(503, "Server busy", "", ("Retry-After", "1"));
                break;
            case Trouble.Throttled:
                message.Response = new Answer(429, "Too many requests", "", ("Retry-After", "1"));
                break;
            case Trouble.NoTable:
                message.Response = new Answer(404, "Not Found", """{"odata.error":{"code":"TableNotFound","message":{"lang":"en-US","value":"The table specified does not exist."}}}""",
                    ("Content-Type", "application/json"));
                break;
            default:
                await road.ProcessAsync(message);
                break;
        }
    }

    private Task NeverAsync(CancellationToken cancellationToken)
    {
        held.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private static async Task<HttpRequestMessage> CopyAsync(Request request)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, CancellationToken.None);
        var copy = new HttpRequestMessage(new HttpMethod(request.Method.Method), request.Uri.ToUri()) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var header in request.Headers)
        {
            if (!copy.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        return copy;
    }

    private (string Name, int Before) Note(Request request)
    {
        var path = request.Uri.Path.Split('/')[^1].Split('(')[0];
        var name = $"{request.Method} {path}";
        lock (requests)
        {
            requests.Add(name);
            return (name, requests.Count(known => known == name) - 1);
        }
    }

    private sealed class Answer(int status, string reason, string body, params (string Name, string Value)[] headers) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => reason;

        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => headers.Any(header => header.Name == name);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Name, header.Value));

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = headers.FirstOrDefault(header => header.Name == name).Value;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}
