using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Bot.Tests.Instances;

/// <summary>
/// Deals requests round robin to the instances that are in service. One that takes no connection is left out and the request goes to the
/// next; one that breaks off in the middle is not asked again, since it may have done what was asked: whoever sent it hears of the failure.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly string[] Passed = ["X-Slack-Request-Timestamp", "X-Slack-Signature", "X-Slack-Retry-Num", "X-Slack-Retry-Reason"];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<Uri> inService = [];
    private readonly ConcurrentDictionary<Uri, int> dealt = [];
    private long next;

    private LoadBalancer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Address.ToString());
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(DealAsync);
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Next()}");

    /// <summary>How many requests each instance was given.</summary>
    public IReadOnlyDictionary<Uri, int> Dealt => dealt;

    /// <summary>Who was given the last request.</summary>
    public Uri? Last { get; private set; }

    public static async Task<LoadBalancer> StartAsync(CancellationToken ct)
    {
        var balancer = new LoadBalancer();
        await balancer.app.StartAsync(ct);
        return balancer;
    }

    public void PutIn(Uri instance)
    {
        lock (gate)
        {
            inService.Remove(instance);
            inService.Add(instance);
        }
    }

    public void TakeOut(Uri instance)
    {
        lock (gate)
        {
            inService.Remove(instance);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task DealAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        while (Next() is { } instance)
        {
            try
            {
                using var response = await http.SendAsync(Copy(context.Request, body.ToArray(), instance), context.RequestAborted);
                context.Response.StatusCode = (int)response.StatusCode;
                context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
                await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
                return;
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError)
            {
                TakeOut(instance);
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
                return;
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }
        }

        context.Response.StatusCode = (int)HttpStatusCode.GatewayTimeout;
    }

    private static HttpRequestMessage Copy(HttpRequest from, byte[] body, Uri instance)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(instance, from.Path + from.QueryString))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = from.ContentType is { } type ? MediaTypeHeaderValue.Parse(type) : null } },
        };
        foreach (var name in Passed.Where(from.Headers.ContainsKey))
        {
            request.Headers.TryAddWithoutValidation(name, (string?)from.Headers[name]);
        }

        return request;
    }

    private Uri? Next()
    {
        lock (gate)
        {
            Last = inService.Count == 0 ? null : inService[(int)(next++ % inService.Count)];
            if (Last is { } instance)
            {
                dealt.AddOrUpdate(instance, 1, (_, count) => count + 1);
            }

            return Last;
        }
    }
}
