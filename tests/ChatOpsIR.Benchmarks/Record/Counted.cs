using System.Net;

namespace ChatOpsIR.Benchmarks.Record;

/// <summary>Counts the requests to Azure Tables, and their bytes without headers.</summary>
internal sealed class Counted : DelegatingHandler
{
    private long requests;
    private long sent;
    private long received;

    public Counted()
        : base(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
    {
    }

    public long Requests => Interlocked.Read(ref requests);

    public long Sent => Interlocked.Read(ref sent);

    public long Received => Interlocked.Read(ref received);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref requests);
        if (request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken);
            Interlocked.Add(ref sent, content.Headers.ContentLength ?? 0);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not HttpStatusCode.NoContent)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            Interlocked.Add(ref received, answer.Content.Headers.ContentLength ?? 0);
        }

        return answer;
    }
}
