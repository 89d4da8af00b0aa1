using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Storage.Tables;

/// <summary>
/// Notices when the store stops answering and when it answers again, and says each once, however many requests there are. One request that
/// fails among others that do not is no outage.
/// </summary>
internal sealed class StoreOutage(TimeProvider time, ILogger log) : HttpPipelinePolicy
{
    private const int Enough = 2;

    /// <summary>Whoever calls a request off sooner than this has not waited for the store.</summary>
    private static readonly TimeSpan Awaited = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private int failures;
    private long lastAnswer = long.MinValue;
    private long? since;

    /// <summary>Whether it was said that the store stopped answering, and not yet that it answers again.</summary>
    public bool IsOn
    {
        get
        {
            lock (gate)
            {
                return since is not null;
            }
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var asked = time.GetTimestamp();
        try
        {
            ProcessNext(message, pipeline);
        }
        catch (Exception problem)
        {
            Broke(message, asked, problem);
            throw;
        }

        Came(message, asked);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var asked = time.GetTimestamp();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception problem)
        {
            Broke(message, asked, problem);
            throw;
        }

        Came(message, asked);
    }

    /// <summary>What was asked at that moment, by the clock's counter, came to nothing.</summary>
    public void Failed(long asked, string why)
    {
        lock (gate)
        {
            // Something that was asked later, or took longer, was answered meanwhile.
            if (lastAnswer > asked || ++failures < Enough || since is not null)
            {
                return;
            }

            since = asked;
        }

        log.LogWarning("The store stopped answering ({Why}). Nothing is confirmed that it did not take; what fails is tried again.", why);
    }

    private void Broke(HttpMessage message, long asked, Exception problem)
    {
        if (!message.CancellationToken.IsCancellationRequested)
        {
            Failed(asked, problem is OperationCanceledException ? "no answer in time" : problem.Message);
        }
        else if (time.GetElapsedTime(asked) >= Awaited)
        {
            Failed(asked, "no answer in time");
        }
    }

    private void Came(HttpMessage message, long asked)
    {
        if (message.Response.Status is >= 500 or 429 or 401 or 403)
        {
            Failed(asked, $"{message.Response.Status} {message.Response.ReasonPhrase}");
        }
        else
        {
            Answered(asked);
        }
    }

    private void Answered(long asked)
    {
        TimeSpan lasted;
        lock (gate)
        {
            lastAnswer = time.GetTimestamp();
            failures = 0;
            if (since is not { } began || asked < began)
            {
                return;
            }

            lasted = time.GetElapsedTime(began);
            since = null;
        }

        log.LogWarning("The store answers again, after {Seconds:0} s.", lasted.TotalSeconds);
    }
}
