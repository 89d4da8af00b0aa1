using System.Text;

namespace ChatOpsIR.Slack.Inbound;

internal enum SlackRoute
{
    Commands,
    Interactivity,
    Events,
    Options,
}

/// <summary>A request as it came, free of the transport.</summary>
internal sealed record SlackHttpRequest(string? ContentType, string? Timestamp, string? Signature, ReadOnlyMemory<byte> Body);

internal sealed record SlackReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Understood, or left alone on purpose.</summary>
    public static readonly SlackReply Fine = Bare(200);

    public static readonly SlackReply Unreadable = Bare(400);

    public static readonly SlackReply NotFromSlack = Bare(401);

    /// <summary>Not recorded: Slack shall send it again, or tell whoever acted that it failed.</summary>
    public static readonly SlackReply SendAgain = Bare(503);

    public static SlackReply Json(ReadOnlyMemory<byte> body) => new(200, "application/json; charset=utf-8", body);

    public static SlackReply Plain(string text) => new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    private static SlackReply Bare(int status) => new(status, null, ReadOnlyMemory<byte>.Empty);
}
