using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>Who we are, read once from <c>auth.test</c>.</summary>
internal sealed record BotIdentity(string Team, string BotUser, string? BotId, string? AppId);

/// <summary>What the way in needs of the way out: to answer, and to draw answers.</summary>
internal interface ISlackTalk
{
    ValueTask<BotIdentity> WhoAmIAsync(CancellationToken cancellationToken);

    /// <summary>Opens a form while the trigger is fresh.</summary>
    /// <exception cref="Core.Ports.ChatException">It did not open.</exception>
    Task OpenFormAsync(string triggerId, Form form, RoomId? room, CancellationToken cancellationToken);

    /// <summary>Shows a card to whoever acted, beside what they acted on.</summary>
    Task AnswerAtAsync(Uri responseUrl, Card card, CancellationToken cancellationToken);

    /// <summary>Shows a card to one person in a room, best effort.</summary>
    Task WhisperAsync(RoomId room, PersonId to, Card card, CancellationToken cancellationToken);

    /// <summary>The JSON of an ephemeral message.</summary>
    byte[] DrawAnswer(Card card);

    /// <summary>The JSON that puts a card in a form's place.</summary>
    byte[] DrawResultView(Card card);

    /// <summary>Whether an address in a request is one that we may call.</summary>
    bool MayCall(Uri responseUrl);
}
