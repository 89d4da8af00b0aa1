using System.Net;
using System.Text.Json;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Slack.Outbound;

/// <param name="RetryAfter">Null where Slack does not say.</param>
/// <param name="Scopes">What the token may do, as Slack says with every answer; null where it does not.</param>
internal sealed record SlackAnswer(HttpStatusCode Status, TimeSpan? RetryAfter, byte[] Body, string? Scopes = null);

/// <summary>The one place that knows what Slack's answers mean to us.</summary>
internal static class SlackErrors
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    /// <summary>The answer as JSON, when it is one that says what happened.</summary>
    public static JsonElement Read(string method, SlackAnswer answer, Uri api)
    {
        CheckStatus(method, answer.Status, answer.RetryAfter);
        var root = Parse(method, answer, api);
        return root.String("error") switch
        {
            "ratelimited" or "rate_limited" => throw new ChatRateLimitedException(answer.RetryAfter ?? DefaultWait),
            "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" =>
                throw new ChatOutcomeUnknownException($"Slack answered {method} with {root.String("error")}."),
            _ => root,
        };
    }

    public static void CheckStatus(string method, HttpStatusCode status, TimeSpan? retryAfter)
    {
        if (status is HttpStatusCode.TooManyRequests)
        {
            throw new ChatRateLimitedException(retryAfter ?? DefaultWait);
        }

        if ((int)status >= 500)
        {
            throw new ChatOutcomeUnknownException($"Slack answered {method} with status {(int)status}.");
        }
    }

    /// <summary>Lets a success through.</summary>
    public static JsonElement Check(string method, JsonElement answer) => answer.Is("ok") ? answer : throw Refusal(method, answer);

    public static ChatRefusedException Refusal(string method, JsonElement answer)
    {
        var code = answer.String("error") ?? "unknown_error";
        return new ChatRefusedException(code, Explain(method, code, answer));
    }

    private static JsonElement Parse(string method, SlackAnswer answer, Uri api)
    {
        try
        {
            var root = JsonElement.Parse(answer.Body);
            if (root.Is("ok") || root.String("error") is not null)
            {
                return root;
            }
        }
        catch (JsonException)
        {
        }

        throw new ChatOutcomeUnknownException($"{api} answered {method} with status {(int)answer.Status} and nothing that says what happened. Is Slack__ApiBaseUrl right?");
    }

    private static string Explain(string method, string code, JsonElement answer) => code switch
    {
        "missing_scope" =>
            $"The app may not call {method}: add the scope {answer.String("needed") ?? "it needs"} to the app and install it again.",
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" =>
            "Slack does not accept the bot token: install the app again and set Slack__BotToken to the new token.",
        "not_allowed_token_type" => "The configured token is no bot token: set Slack__BotToken to the one that begins with xoxb-.",
        "not_in_channel" => "The bot is not in that channel: invite it there.",
        "channel_not_found" => "Slack knows no such channel, or the bot is not in it: check the id and invite the bot.",
        "is_archived" or "is_inactive" => "The channel is archived: somebody has to unarchive it and invite the bot again.",
        "name_taken" => "Another channel has that name: rename it, or choose a different name.",
        "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel" =>
            "The workspace's settings do not allow that: ask a workspace administrator to permit it for the app.",
        "user_not_found" or "users_not_found" => "Slack knows no such person: check who is meant.",
        "message_not_found" => "The message is gone: post it again if it is still needed.",
        "edit_window_closed" => "The workspace no longer allows that message to be edited: allow edits, or post anew.",
        "cant_update_message" or "cant_delete_message" => "The message is not the bot's own: only its author may change it.",
        "msg_too_long" or "msg_blocks_too_long" => "The message is too long for Slack: shorten what it quotes.",
        "expired_trigger_id" or "exchanged_trigger_id" or "trigger_expired" or "invalid_trigger_id" =>
            "The form could not open in the three seconds that Slack allows: try again.",
        "invalid_arguments" or "invalid_blocks" => $"Slack did not understand {method}{Details(answer)}: report this as a fault of the bot.",
        "too_many_pins" => "The channel has as many pins as Slack allows: remove one.",
        "cannot_dm_bot" or "user_disabled" => "That account takes no direct messages: tell the person another way.",
        _ => $"Slack refused {method}: look the code up in Slack's documentation of that method.",
    };

    private static string Details(JsonElement answer) =>
        answer.Child("response_metadata")?.Items("messages").FirstOrDefault() is { ValueKind: JsonValueKind.String } detail
            ? $" ({CodePoints.Line(detail.Decoded(), 200)})"
            : "";
}
