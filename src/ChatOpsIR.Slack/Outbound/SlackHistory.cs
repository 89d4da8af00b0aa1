using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>What a channel's history tells: for backfill, and to find a post of our own again.</summary>
internal sealed class SlackHistory(SlackApi api, IKeyedHash hash)
{
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(5);

    /// <summary>One page of the channel, newest first, each thread's replies behind its parent.</summary>
    public async Task<HistoryPage> ReadAsync(RoomId room, string? cursor, BotIdentity us, CancellationToken cancellationToken)
    {
        var answer = await PageAsync("conversations.history", room, cursor ?? "", [], cancellationToken);
        var found = ImmutableArray.CreateBuilder<RecordedMessage>();
        foreach (var message in answer.GetProperty("messages").EnumerateArray())
        {
            Add(found, message, room, us);
            if (message.TryGetProperty("reply_count", out var replies) && replies.GetInt32() > 0)
            {
                await AddRepliesAsync(found, message.GetProperty("ts").GetString()!, room, us, cancellationToken);
            }
        }

        var next = NextCursor(answer);
        return new HistoryPage(found.ToImmutable(), next.Length == 0 ? null : next);
    }

    /// <summary>A post of our own that carries an effect's key; null when it is not there.</summary>
    /// <exception cref="ChatCannotLookException">The bot may not read that channel.</exception>
    public async Task<JsonElement?> FindPostAsync(RoomId room, EffectKey effect, DateTimeOffset since, BotIdentity us, CancellationToken cancellationToken)
    {
        var oldest = (since - ClocksApart).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var cursor = "";
        try
        {
            do
            {
                var answer = await PageAsync("conversations.history", room, cursor, [new("oldest", oldest), new("include_all_metadata", "true")], cancellationToken);
                foreach (var message in answer.GetProperty("messages").EnumerateArray())
                {
                    if (SlackMessages.IsOurs(message, us) && Carries(message, effect))
                    {
                        return message;
                    }
                }

                cursor = NextCursor(answer);
            }
            while (cursor.Length > 0);
        }
        catch (ChatRefusedException refused) when (refused.Code is "not_in_channel" or "channel_not_found" or "missing_scope")
        {
            throw new ChatCannotLookException(refused.Code, "A post may or may not be there already, and the bot may not read that channel.");
        }

        return null;
    }

    internal static string NextCursor(JsonElement answer) =>
        answer.TryGetProperty("response_metadata", out var metadata) && metadata.TryGetProperty("next_cursor", out var cursor) && cursor.ValueKind is JsonValueKind.String
            ? cursor.GetString()! : "";

    private static bool Carries(JsonElement message, EffectKey effect) =>
        message.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("event_payload", out var payload) &&
        payload.ValueKind is JsonValueKind.Object && payload.TryGetProperty("effect", out var key) && key.ValueEquals(effect.ToString());

    private async Task AddRepliesAsync(
        ImmutableArray<RecordedMessage>.Builder found, string parent, RoomId room, BotIdentity us, CancellationToken cancellationToken)
    {
        var cursor = "";
        do
        {
            var answer = await PageAsync("conversations.replies", room, cursor, [new("ts", parent)], cancellationToken);
            foreach (var message in answer.GetProperty("messages").EnumerateArray().Where(message => !message.GetProperty("ts").ValueEquals(parent)))
            {
                Add(found, message, room, us);
            }

            cursor = NextCursor(answer);
        }
        while (cursor.Length > 0);
    }

    private void Add(ImmutableArray<RecordedMessage>.Builder found, JsonElement message, RoomId room, BotIdentity us)
    {
        if (SlackMessages.IsOurs(message, us))
        {
            return; // our own posts are recorded by whoever makes them
        }

        found.Add(SlackTranslator.FromHistory(message, room, Source.Backfill, us));
        if (SlackTranslator.EditFromHistory(message, room, Source.Backfill, us, hash) is { } edit)
        {
            found.Add(edit);
        }
    }

    private Task<JsonElement> PageAsync(
        string method, RoomId room, string cursor, KeyValuePair<string, string>[] more, CancellationToken cancellationToken) =>
        api.ReadAsync(method, [new("channel", room.Id), new("limit", "200"), .. more, .. SlackRooms.Cursor(cursor)], cancellationToken);
}
