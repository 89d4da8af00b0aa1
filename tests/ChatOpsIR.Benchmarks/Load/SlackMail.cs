using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsIR.Benchmarks.Load;

/// <summary>Message events as Slack sends them, signed, as whole HTTP requests that only need to be written to a socket.</summary>
internal sealed class SlackMail(string secret, string user, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);
    private long count;

    /// <summary>A message event of a channel, with a time stamp and an id that no other has.</summary>
    /// <param name="forged">Signed by somebody who does not know the secret.</param>
    public Letter Message(string channel, bool forged = false)
    {
        var number = Interlocked.Increment(ref count);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var ts = string.Create(CultureInfo.InvariantCulture, $"{now}.{number:D6}");
        var body = Encoding.UTF8.GetBytes(Event(channel, ts, number, now));
        var stamp = now.ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{stamp}:"), .. body];
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(forged ? "somebody else"u8.ToArray() : key, signed));
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\nContent-Length: {body.Length}\r\n\r\n");
        return new Letter($"slack:{channel}:{ts}", [.. Encoding.ASCII.GetBytes(head), .. body]);
    }

    /// <summary>Many of them, going round the channels.</summary>
    public Letter[] Messages(int many, IReadOnlyList<string> channels, bool forged = false) =>
        [.. Enumerable.Range(0, many).Select(i => Message(channels[i % channels.Count], forged))];

    private string Event(string channel, string ts, long number, long now) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"token":"verification-token-ignored","team_id":"T0PLAY0001","context_team_id":"T0PLAY0001","context_enterprise_id":null,"api_app_id":"A0PLAY0001","event":{"user":"{{user}}","type":"message","ts":"{{ts}}","client_msg_id":"7a1c9f3e-0000-4000-8000-{{number:D12}}","text":"The error rate of checkout fell to 2 % after the restart of node {{number}}; I keep watching the queue.","team":"T0PLAY0001","blocks":[{"type":"rich_text","block_id":"b{{number:D6}}","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"The error rate of checkout fell to 2 % after the restart of node {{number}}; I keep watching the queue."}]}]}],"channel":"{{channel}}","event_ts":"{{ts}}","channel_type":"channel"},"type":"event_callback","event_id":"Ev0BENCH{{number:D8}}","event_time":{{now}},"authorizations":[{"enterprise_id":null,"team_id":"T0PLAY0001","user_id":"U0PLAYBOT1","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMFBMQVkwMDAxIn0"}
        """);
}

/// <param name="CauseKey">What the record calls it.</param>
/// <param name="Request">The whole HTTP request.</param>
internal sealed record Letter(string CauseKey, byte[] Request);
