using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Answers and forms on their way out.</summary>
internal sealed class SlackTalk(SlackApi api, IOptions<SlackOptions> options) : ISlackTalk
{
    private BotIdentity? identity;

    public async ValueTask<BotIdentity> WhoAmIAsync(CancellationToken cancellationToken)
    {
        if (identity is { } known)
        {
            return known;
        }

        var answer = await api.ReadAsync("auth.test", [], cancellationToken);
        return identity = new BotIdentity(
            answer.GetProperty("team_id").GetString()!,
            answer.GetProperty("user_id").GetString()!,
            Text(answer, "bot_id"),
            options.Value.AppId ?? Text(answer, "app_id"));
    }

    public Task OpenFormAsync(string triggerId, Form form, RoomId? room, CancellationToken cancellationToken) =>
        api.CallAsync(
            "views.open",
            json =>
            {
                json.WriteString("trigger_id", triggerId);
                json.WritePropertyName("view");
                FormView.Write(json, form, room);
            },
            cancellationToken);

    public Task AnswerAtAsync(Uri responseUrl, Card card, CancellationToken cancellationToken) =>
        api.RespondAsync(responseUrl, Draw(card, json => json.WriteBoolean("replace_original", false)), cancellationToken);

    public Task WhisperAsync(RoomId room, PersonId to, Card card, CancellationToken cancellationToken) =>
        api.CallAsync(
            "chat.postEphemeral",
            json =>
            {
                json.WriteString("channel", room.Id);
                json.WriteString("user", to.User);
                BlockKit.WriteMessage(json, card);
            },
            cancellationToken);

    public byte[] DrawAnswer(Card card) => Draw(card, _ => { });

    public byte[] DrawResultView(Card card) => JsonBytes.Of(json =>
    {
        json.WriteString("response_action", "update");
        json.WritePropertyName("view");
        FormView.WriteResult(json, card);
    });

    public bool MayCall(Uri responseUrl) =>
        (responseUrl.Scheme == Uri.UriSchemeHttps && (responseUrl.Host == "hooks.slack.com" || responseUrl.Host.EndsWith(".slack.com", StringComparison.Ordinal))) ||
        (responseUrl.IsAbsoluteUri && responseUrl.Scheme == options.Value.ApiBaseUrl.Scheme && responseUrl.Authority == options.Value.ApiBaseUrl.Authority);

    private static byte[] Draw(Card card, Action<Utf8JsonWriter> more) => JsonBytes.Of(json =>
    {
        json.WriteString("response_type", "ephemeral");
        more(json);
        BlockKit.WriteMessage(json, card);
    });

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
