using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Outbound;

/// <summary>Answers to what somebody typed, pressed or sent in, while it is fresh.</summary>
internal sealed class SlackTalk(SlackApi api, IDirectory directory, IOptions<SlackOptions> options) : ISlackTalk
{
    private BotIdentity? me;

    public async ValueTask<BotIdentity> WhoAmIAsync(CancellationToken cancellationToken)
    {
        if (me is { } known)
        {
            return known;
        }

        var answer = await api.WhoAmIAsync(cancellationToken);
        if (answer.String("team_id") is not { } team || answer.String("user_id") is not { } user)
        {
            throw new ChatOutcomeUnknownException("Slack did not say who the bot is.");
        }

        var appId = string.IsNullOrWhiteSpace(options.Value.AppId) ? answer.String("app_id") : options.Value.AppId;
        return me = new BotIdentity(team, user, answer.String("bot_id"), appId);
    }

    public Task OpenFormAsync(string triggerId, Form form, RoomId? room, string? home, CancellationToken cancellationToken) =>
        api.OpenViewAsync(triggerId, FormView.Draw(form, room, home), cancellationToken);

    public Task OpenCardAsync(string triggerId, Card card, CancellationToken cancellationToken) =>
        api.OpenViewAsync(triggerId, BlockKit.ResultView(card), cancellationToken);

    public Task ShowHomeAsync(PersonId person, Card card, string? shown, CancellationToken cancellationToken)
    {
        var view = BlockKit.HomeView(card);
        var fingerprint = PlainText.Fingerprint(ApiJson.Text(view));
        if (fingerprint == shown)
        {
            return Task.CompletedTask;
        }

        view["private_metadata"] = fingerprint;
        return api.PublishHomeAsync(person.User, view, cancellationToken);
    }

    public Task AnswerAtAsync(Uri responseUrl, Card card, CancellationToken cancellationToken)
    {
        if (!MayCall(responseUrl))
        {
            throw new ChatRefusedException("foreign_response_url", "The address to answer at is not Slack's: nothing was sent.");
        }

        var answer = BlockKit.Answer(card);
        answer["replace_original"] = false;
        return api.AnswerAsync(responseUrl, answer, cancellationToken);
    }

    public async Task WhisperAsync(RoomId room, PersonId to, Card card, CancellationToken cancellationToken) =>
        await api.WhisperAsync((await directory.CurrentRoomAsync(room, cancellationToken)).Id, to.User, BlockKit.Message(card), cancellationToken);

    public byte[] DrawAnswer(Card card) => ApiJson.Bytes(BlockKit.Answer(card));

    public byte[] DrawResultView(Card card) => ApiJson.Bytes(new JsonObject
    {
        ["response_action"] = "update",
        ["view"] = BlockKit.ResultView(card),
    });

    public byte[] DrawChoices(ImmutableArray<Choice> choices) => ApiJson.Bytes(FormView.Suggestions(choices));

    public bool MayCall(Uri responseUrl)
    {
        if (!responseUrl.IsAbsoluteUri || responseUrl.UserInfo.Length > 0)
        {
            return false;
        }

        var api = options.Value.ApiBaseUrl;
        var isSlacks = responseUrl.Scheme == Uri.UriSchemeHttps && responseUrl.IsDefaultPort &&
            responseUrl.IdnHost.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase);
        return isSlacks || (responseUrl.Scheme, responseUrl.IdnHost, responseUrl.Port) == (api.Scheme, api.IdnHost, api.Port);
    }
}
