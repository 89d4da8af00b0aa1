using System.Globalization;

namespace ChatOpsIR.Playground;

/// <summary>Slack's rate limits: a bucket per method, and one per channel for posting.</summary>
internal sealed class TokenBuckets
{
    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> buckets = [];

    /// <summary>Takes a token, or says in how many seconds there will be one.</summary>
    public int? Take(string key, double perMinute, double burst, DateTimeOffset now)
    {
        var (tokens, at) = buckets.GetValueOrDefault(key, (burst, now));
        tokens = Math.Min(burst, tokens + (Math.Max(0, (now - at).TotalSeconds) * perMinute / 60));
        if (tokens >= 1)
        {
            buckets[key] = (tokens - 1, now);
            return null;
        }

        buckets[key] = (tokens, now);
        return (int)Math.Ceiling((1 - tokens) * 60 / perMinute);
    }

    public static IReadOnlyDictionary<string, string> RetryAfter(int seconds) => new Dictionary<string, string>
    {
        ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture),
    };
}
