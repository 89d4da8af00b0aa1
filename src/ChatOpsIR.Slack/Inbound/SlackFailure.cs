using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What may go wrong between a request and its answer, and what people are told then.</summary>
internal static class SlackFailure
{
    public static readonly Card NotConfirmed =
        Card.Say("Not confirmed: the store did not answer in time. Look at `/incident list` before you type it again.");

    public const string NotSaved = "Not saved: the store did not answer. Nothing you typed is lost: send it again in a moment.";

    /// <summary>The store or Slack did not answer, or not within the deadline.</summary>
    public static bool IsNoAnswer(Exception exception) => exception is StoreException or ChatException or OperationCanceledException;

    public static bool IsChatOnly(Exception exception) => exception is ChatException or OperationCanceledException;
}
