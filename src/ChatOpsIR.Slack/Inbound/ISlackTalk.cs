using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Who we are, as <c>auth.test</c> says or a request names its receiver.</summary>
internal sealed record BotIdentity(string Team, string BotUser, string? BotId, string? AppId)
{
    /// <summary>Whom an event was sent to; null when it does not say. An event must be recorded also while Slack's API is down.</summary>
    public static BotIdentity? Of(JsonElement envelope)
    {
        foreach (var receiver in envelope.Items("authorizations"))
        {
            if (receiver.IsTrue("is_bot") && receiver.Id("user_id") is { } user && (receiver.Id("team_id") ?? envelope.Id("team_id")) is { } team)
            {
                return new BotIdentity(team, user, null, envelope.Id("api_app_id"));
            }
        }

        return null;
    }
}

/// <summary>What the way in needs of the way out: to answer, and to draw answers.</summary>
internal interface ISlackTalk
{
    ValueTask<BotIdentity> WhoAmIAsync(CancellationToken cancellationToken);

    /// <summary>Opens a form while the trigger is fresh.</summary>
    /// <param name="home">What the person's own page shows, for a form that starts there; null for one that starts elsewhere.</param>
    /// <exception cref="Core.Ports.ChatException">It did not open.</exception>
    Task OpenFormAsync(string triggerId, Form form, RoomId? room, string? home, CancellationToken cancellationToken);

    /// <summary>Opens a window that shows a card, while the trigger is fresh.</summary>
    /// <exception cref="Core.Ports.ChatException">It did not open.</exception>
    Task OpenCardAsync(string triggerId, Card card, CancellationToken cancellationToken);

    /// <summary>Puts a card onto a person's own page, unless it is there already.</summary>
    /// <param name="shown">What the page says of itself; null or empty when it says nothing.</param>
    /// <exception cref="Core.Ports.ChatException">It is not there.</exception>
    Task ShowHomeAsync(PersonId person, Card card, string? shown, CancellationToken cancellationToken);

    /// <summary>Shows a card to whoever acted, beside what they acted on.</summary>
    Task AnswerAtAsync(Uri responseUrl, Card card, CancellationToken cancellationToken);

    /// <summary>Shows a card to one person in a room.</summary>
    /// <exception cref="Core.Ports.ChatException">They do not see it.</exception>
    Task WhisperAsync(RoomId room, PersonId to, Card card, CancellationToken cancellationToken);

    /// <summary>The JSON of an ephemeral message.</summary>
    byte[] DrawAnswer(Card card);

    /// <summary>The JSON that puts a card in a form's place.</summary>
    byte[] DrawResultView(Card card);

    /// <summary>The JSON of what a select offers.</summary>
    byte[] DrawChoices(ImmutableArray<Choice> choices);

    /// <summary>Whether an address in a request is one that we may call.</summary>
    bool MayCall(Uri responseUrl);
}
