using System.Text.Json.Nodes;

namespace ChatOpsIR.Playground;

/// <summary>What people see of answers that come later, through a response URL.</summary>
internal sealed class LateAnswers(WorkspaceState state, Posts posts)
{
    /// <summary>A late answer. Returns the status and body that Slack would give.</summary>
    public (int Status, string Body) Take(string id, JsonObject? message)
    {
        if (!state.ResponseUrls.TryGetValue(id, out var url))
        {
            return (404, "invalid_url");
        }

        if (state.Now > url.Expires)
        {
            return (404, "expired_url");
        }

        if (url.Uses >= 5)
        {
            return (404, "used_url");
        }

        if (message is null)
        {
            return (400, "invalid_payload");
        }

        try
        {
            Show(url, message);
        }
        catch (SlackRefusal refusal)
        {
            return (400, refusal.Error);
        }

        url.Uses++;
        state.Touch(url);
        return (200, "ok");
    }

    private void Show(ResponseUrl url, JsonObject message)
    {
        if (message.Flag("delete_original"))
        {
            DeleteSource(url);
            if (message["text"] is null && message["blocks"] is null)
            {
                return;
            }
        }

        var content = Content.Of(new ApiArguments(message), state);
        if (Replaces(url, message))
        {
            ReplaceSource(url, content);
        }
        else if (message.Text("response_type") == "in_channel")
        {
            posts.PostByBot(state.Channels[url.Channel], content, message.Text("thread_ts"));
        }
        else
        {
            state.Ephemerals.Add(new Ephemeral
            {
                Ts = state.NextTs(),
                User = url.User,
                Channel = url.Channel,
                Text = content.Text,
                Blocks = content.Blocks,
                ThreadTs = message.Text("thread_ts"),
            });
        }
    }

    /// <summary>Left out, <c>replace_original</c> overwrites the source when the answer is for the channel.</summary>
    private static bool Replaces(ResponseUrl url, JsonObject message) => url.SourceTs is not null && !message.Flag("delete_original")
        && (message.Flag("replace_original") || (message["replace_original"] is null && message.Text("response_type") == "in_channel"));

    private void ReplaceSource(ResponseUrl url, Content content)
    {
        if (url.SourceIsEphemeral)
        {
            if (state.Ephemerals.Find(seen => seen.Ts == url.SourceTs) is { } seen)
            {
                seen.Text = content.Text;
                seen.Blocks = content.Blocks;
            }

            return;
        }

        if (state.TryMessage(url.Channel, url.SourceTs!, out var source) && source.FromBot)
        {
            posts.Edit(state.Channels[url.Channel], source, WorkspaceState.BotUser, changed =>
            {
                changed.Text = content.Text;
                changed.Blocks = content.Blocks;
            });
        }
    }

    private void DeleteSource(ResponseUrl url)
    {
        if (url.SourceIsEphemeral)
        {
            state.Ephemerals.RemoveAll(seen => seen.Ts == url.SourceTs);
        }
        else if (url.SourceTs is not null && state.TryMessage(url.Channel, url.SourceTs, out var source) && source.FromBot)
        {
            posts.Delete(state.Channels[url.Channel], source, WorkspaceState.BotUser);
        }
    }
}
