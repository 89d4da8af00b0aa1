using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Benchmarks.Floors;

/// <summary>
/// What any bot on this platform must do with an event, and nothing else: bare Kestrel, the signature over the raw bytes, one pass over
/// the JSON; and for the durable floor the body in a flushed file before the answer.
/// </summary>
internal static class FloorServer
{
    public const string Check = "check";
    public const string Durable = "durable";
    public const string Secret = "playground-signing-secret";

    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    public static async Task<int> RunAsync(string kind, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        using var log = kind == Durable ? new DurableLog() : null;
        var key = Encoding.UTF8.GetBytes(Secret);
        app.Run(http => AnswerAsync(http, key, log));
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, byte[] key, DurableLog? log)
    {
        if (http.Request.ContentLength is not { } length)
        {
            return;
        }

        var read = await http.Request.BodyReader.ReadAtLeastAsync((int)length);
        var body = read.Buffer.ToArray();
        http.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (!IsGenuine(key, http.Request.Headers["X-Slack-Request-Timestamp"].ToString(), http.Request.Headers["X-Slack-Signature"].ToString(), body))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (ChannelOf(body) is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else if (log is not null)
        {
            await log.AppendAsync(body);
        }

        http.Response.ContentLength = 0;
    }

    private static bool IsGenuine(byte[] key, string stamp, string signature, ReadOnlySpan<byte> body)
    {
        if (!long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ||
            Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - seconds) > 300 || signature.Length != 3 + HexLength)
        {
            return false;
        }

        var signed = ArrayPool<byte>.Shared.Rent(body.Length + 64);
        var head = Encoding.ASCII.GetBytes($"v0:{stamp}:", signed);
        body.CopyTo(signed.AsSpan(head));
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, signed.AsSpan(0, head + body.Length), expected);
        ArrayPool<byte>.Shared.Return(signed);
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(signature.AsSpan(3), claimed, out _, out _) is OperationStatus.Done && CryptographicOperations.FixedTimeEquals(expected, claimed);
    }

    private static string? ChannelOf(ReadOnlySpan<byte> body)
    {
        string? channel = null;
        var json = new Utf8JsonReader(body);
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.PropertyName && json.ValueTextEquals("channel"u8))
            {
                json.Read();
                channel = json.GetString();
            }
        }

        return channel;
    }
}
