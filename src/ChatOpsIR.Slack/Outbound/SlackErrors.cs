using System.Text.Json;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>What Slack's error codes mean to people, and what to do.</summary>
internal static class SlackErrors
{
    public static string Explain(string method, string code, JsonElement answer) => code switch
    {
        "missing_scope" => $"The app lacks the permission {Needed(answer)}. Add it to the app and install it again.",
        "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" => "Slack no longer accepts the bot's token. Install the app again and set Slack__BotToken.",
        "channel_not_found" or "not_in_channel" => "The bot is not in that channel. Invite it there.",
        "is_archived" or "is_inactive" => "The channel is archived. Somebody has to unarchive it and invite the bot again.",
        "restricted_action" => "The workspace's settings forbid it. Ask a workspace admin.",
        "user_not_found" => "Slack does not know that person.",
        "cannot_dm_bot" or "user_disabled" => "That person cannot get direct messages.",
        "expired_trigger_id" or "invalid_trigger_id" or "exchanged_trigger_id" => "The form could not open in time. Press the button once more.",
        _ => $"Slack refused {method} with {code}.",
    };

    private static string Needed(JsonElement answer) =>
        answer.TryGetProperty("needed", out var needed) && needed.ValueKind is JsonValueKind.String ? needed.GetString()! : "that this needs";
}
