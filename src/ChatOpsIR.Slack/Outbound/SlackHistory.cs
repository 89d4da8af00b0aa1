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
        return Page(messages, room, new HistoryCursor(next, next is null, [.. threads], null), me);
    }

    private async Task<HistoryPage> ReadThreadAsync(
        RoomId room, string channel, string thread, HistoryCursor place, BotIdentity me, CancellationToken cancellationToken)
    {
        var answer = await api.ReadRepliesAsync(channel, thread, place.Replies, cancellationToken);

        // Every page of replies begins with the parent again.
        var replies = answer.Items("messages").Where(message => message.String("ts") != thread);
        var rest = answer.NextCursor() is { } more ? place with { Replies = more } : place with { Threads = place.Threads.RemoveAt(0), Replies = null };
        return Page(replies, room, rest, me);
    }

    private HistoryPage Page(IEnumerable<JsonElement> messages, RoomId room, HistoryCursor next, BotIdentity me)
    {
        var told = messages.Where(message => SlackTime.TryRead(message.Id("ts"), out _)).ToList();
        return new HistoryPage([.. told.SelectMany(message => SlackTranslator.AllFromHistory(message, room, me, hash))], next.Write())
        {
            // Slack names some of those who reacted; the count is of all.
            Partly =
            [
                .. from message in told
                   from reaction in message.Items("reactions")
                   where reaction.Number("count") != reaction.Items("users").Count()
                   select (message.Id("ts")!, reaction.Id("name")),
            ],
        };
    }

    private static bool HasReplies(JsonElement message) => message.Number("reply_count") > 0;
}
