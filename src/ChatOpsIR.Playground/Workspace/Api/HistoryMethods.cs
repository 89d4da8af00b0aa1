using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>conversations.history and conversations.replies.</summary>
internal sealed class HistoryMethods(WorkspaceState state)
{
    public IEnumerable<KeyValuePair<string, ApiMethod>> All() => new Dictionary<string, ApiMethod>
    {
        ["conversations.history"] = new(3, true, Scopes.History, History),
        ["conversations.replies"] = new(3, false, Scopes.History, Replies),
    };

    /// <summary>Newest first, replies only when they were sent to the channel as well.</summary>
    private JsonObject History(ApiArguments given)
    {
        var channel = state.JoinedChannel(given.Required("channel"));
        var range = Range.Of(given);
        var all = state.MessagesOf(channel.Id).Where(message => message is { Deleted: false, InChannel: true } && range.Holds(message.Ts)).Reverse();
        var (page, next) = Paging.Cut(all, given, Paging.Limit(given, 100, 999), message => message.Ts, Paging.Descending);
        var metadata = given.Flag("include_all_metadata");
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Select(message => MessageShapes.Stored(state, message, metadata))]),
            ["has_more"] = next.Length > 0,
            ["pin_count"] = state.MessagesOf(channel.Id).Count(message => message is { Pinned: not null, Deleted: false }),
            ["channel_actions_ts"] = null,
            ["channel_actions_count"] = 0,
        };
        answer.SetIf("oldest", given.Text("oldest"));
        answer.SetIf("latest", given.Text("latest"));
        answer.SetIf("response_metadata", next.Length > 0 ? Paging.Metadata(next) : null);
        return answer;
    }

    /// <summary>Oldest first; the parent stands first on every page.</summary>
    private JsonObject Replies(ApiArguments given)
    {
        var channel = state.JoinedChannel(given.Required("channel"));
        if (!state.TryMessage(channel.Id, given.Required("ts"), out var asked))
        {
            throw new SlackRefusal("thread_not_found");
        }

        var parent = asked.IsReply && state.TryMessage(channel.Id, asked.ThreadTs!, out var root) ? root : asked;
        var range = Range.Of(given);
        var replies = state.RepliesTo(parent).Where(reply => range.Holds(reply.Ts));
        var (page, next) = Paging.Cut(replies, given, Paging.Limit(given, 1000, 1000), message => message.Ts, Paging.Ascending);
        var metadata = given.Flag("include_all_metadata");
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Prepend(parent).Select(message => MessageShapes.Stored(state, message, metadata))]),
            ["has_more"] = next.Length > 0,
        };
        answer.SetIf("response_metadata", next.Length > 0 ? Paging.Metadata(next) : null);
        return answer;
    }

    /// <summary>Between oldest and latest, both excluded unless <c>inclusive</c>.</summary>
    private sealed record Range(string? Oldest, string? Latest, bool Inclusive)
    {
        public static Range Of(ApiArguments given) => new(
            Bound(given.Text("oldest"), "invalid_ts_oldest"), Bound(given.Text("latest"), "invalid_ts_latest"), given.Flag("inclusive"));

        public bool Holds(string ts)
        {
            var fromOldest = Oldest is null ? 1 : string.CompareOrdinal(ts, Oldest);
            var toLatest = Latest is null ? 1 : string.CompareOrdinal(Latest, ts);
            return Inclusive ? fromOldest >= 0 && toLatest >= 0 : fromOldest > 0 && toLatest > 0;
        }

        /// <summary>Callers may send "0", whole seconds, or fewer digits than a ts has.</summary>
        private static string? Bound(string? text, string refusal)
        {
            if (string.IsNullOrEmpty(text) || text == "now")
            {
                return null;
            }

            var parts = text.Split('.');
            var whole = parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)) && parts[0].Length <= 10;
            return whole ? $"{parts[0].PadLeft(10, '0')}.{(parts.Length > 1 ? parts[1] : "").PadRight(6, '0')}" : throw new SlackRefusal(refusal);
        }
    }
}
