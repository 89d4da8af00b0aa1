namespace ChatOpsIR.Slack.Outbound;

/// <summary>
/// Keeps to Slack's pace: a method that was told to wait waits, and a channel takes about one post a second with short bursts. One
/// channel's wait holds up no other.
/// </summary>
internal sealed class SlackPacing(TimeProvider time)
{
    private const int Burst = 4;
    private const string Posting = "chat.postMessage";
    private static readonly TimeSpan PerPost = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> notBefore = new(StringComparer.Ordinal);

    public async Task WaitAsync(string method, string? channel, CancellationToken cancellationToken)
    {
        var wait = Reserve(method, channel);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    public void HoldOff(string method, string? channel, TimeSpan wait)
    {
        lock (gate)
        {
            notBefore[Bucket(method, channel)] = time.GetUtcNow() + wait;
        }
    }

    private TimeSpan Reserve(string method, string? channel)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var bucket = Bucket(method, channel);
            var free = notBefore.GetValueOrDefault(bucket, DateTimeOffset.MinValue);
            if (method != Posting)
            {
                return free - now;
            }

            // Unused seconds count for a burst, and no further back.
            var earliest = now - (PerPost * (Burst - 1));
            var slot = free > earliest ? free : earliest;
            notBefore[bucket] = slot + PerPost;
            return slot - now;
        }
    }

    private static string Bucket(string method, string? channel) => channel is null ? method : $"{method}|{channel}";
}
