using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// Tells whoever runs the bot of requests that it refused: a wrong secret looks to Slack as if nobody answered. At most once a minute,
/// since anybody can send such requests, and nothing of them.
/// </summary>
internal sealed class SlackRefusals(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? told;
    private int refused;

    public void Add(bool hasSecret)
    {
        int count;
        lock (gate)
        {
            refused++;
            if (told is { } last && time.GetElapsedTime(last) < Every)
            {
                return;
            }

            told = time.GetTimestamp();
            (count, refused) = (refused, 0);
        }

        if (hasSecret)
        {
            log.LogWarning(
                "Requests to /slack/ were refused ({Count} since this was last said): they are not signed with Slack__SigningSecret, or more than five minutes old. " +
                "If it goes on, copy the Signing Secret from the app's Basic Information page again, and see that this machine's clock is right.",
                count);
        }
        else
        {
            log.LogWarning("Requests to /slack/ were refused ({Count} since this was last said): Slack__SigningSecret is not set.", count);
        }
    }
}
