using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Reads what was said in a channel, page by page, threads included.</summary>
internal sealed class SlackHistory(SlackApi api, IKeyedHash hash)
{
    /// <param name="room">The room as its records name it.</param>
    /// <param name="channel">Its id in Slack now.</param>
    public async Task<HistoryPage> ReadAsync(RoomId room, string channel, string? cursor, BotIdentity me, CancellationToken cancellationToken)
    {
        var place = HistoryCursor.Read(cursor);
        return place.Threads is [var thread, ..]
            ? await ReadThreadAsync(room, channel, thread, place, me, cancellationToken)
            : await ReadPageAsync(room, channel, place, me, cancellationToken);
    }

    private async Task<HistoryPage> ReadPageAsync(RoomId room, string channel, HistoryCursor place, BotIdentity me, CancellationToken cancellationToken)
    {
        var answer = await api.ReadHistoryAsync(channel, oldest: null, place.Next, cancellationToken);

        // Slack tells the newest first.
        var messages = answer.Items("messages").Reverse().ToList();
        var threads = messages.Where(HasReplies).Select(message => message.String("ts")).OfType<string>();
        var next = answer.NextCursor();
        return new HistoryPage(Records(messages, room, me), new HistoryCursor(next, next is null, [.. threads], null).Write());
    }

    private async Task<HistoryPage> ReadThreadAsync(
        RoomId room, string channel, string thread, HistoryCursor place, BotIdentity me, CancellationToken cancellationToken)
    {
        var answer = await api.ReadRepliesAsync(channel, thread, place.Replies, cancellationToken);

        // Every page of replies begins with the parent again.
        var replies = answer.Items("messages").Where(message => message.String("ts") != thread);
        var rest = answer.NextCursor() is { } more ? place with { Replies = more } : place with { Threads = place.Threads.RemoveAt(0), Replies = null };
        return new HistoryPage(Records(replies, room, me), rest.Write());
    }

    private ImmutableArray<RecordedMessage> Records(IEnumerable<JsonElement> messages, RoomId room, BotIdentity me) =>
    [
        .. from message in messages
           where SlackTime.TryRead(message.Id("ts"), out _)
           from record in SlackTranslator.AllFromHistory(message, room, me, hash)
           select record,
    ];

    private static bool HasReplies(JsonElement message) => message.Number("reply_count") > 0;
}
