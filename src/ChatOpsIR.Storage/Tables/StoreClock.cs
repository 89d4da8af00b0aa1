using Azure.Core;
using Azure.Core.Pipeline;

namespace ChatOpsIR.Storage.Tables;

/// <summary>Compares this machine's clock with the date on every answer of the store, which has whole seconds.</summary>
internal sealed class StoreClock(TimeProvider time) : HttpPipelineSynchronousPolicy
{
    private const string Asked = "chatopsir-asked-at";
    private long off;

    /// <summary>How far the clocks are apart, at least.</summary>
    public TimeSpan Off => TimeSpan.FromTicks(Volatile.Read(ref off));

    public override void OnSendingRequest(HttpMessage message) => message.SetProperty(Asked, time.GetUtcNow());

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Response.Headers.Date is { } date && message.TryGetProperty(Asked, out var at) && at is DateTimeOffset asked)
        {
            var behind = date - time.GetUtcNow();
            var ahead = asked - date.AddSeconds(1);
            Volatile.Write(ref off, Math.Max(0, Math.Max(behind.Ticks, ahead.Ticks)));
        }
    }
}
