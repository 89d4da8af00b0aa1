using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Waits for a page when Slack asks to: a long list that is begun anew each time might never end.</summary>
internal static class PatientReading
{
    public static async Task<JsonElement> PageAsync(Func<Task<JsonElement>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (ChatRateLimitedException limited)
            {
                await Pause.ForAsync(limited.RetryAfter, time, cancellationToken);
            }
        }
    }
}
