using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What may go wrong between a request and its answer, and what people are told then.</summary>
internal static class SlackFailure
{
    public static Card NotConfirmed(Exception problem) => Card.Say($"Not confirmed: {What(problem)}. Look at `/incident list`, or in a war room at `/incident timeline`, before you type it again.");

    public static string NotSaved(Exception problem) => $"Not saved: {What(problem)}. Nothing you typed is lost: send it again in a moment.";

    /// <summary>The store or Slack did not answer, or not within the deadline.</summary>
    public static bool IsNoAnswer(Exception exception) => exception is StoreException or ChatException or OperationCanceledException;

    public static bool IsChatOnly(Exception exception) => exception is ChatException or OperationCanceledException;

    private static string What(Exception problem) => problem switch
    {
        StoreException => "the store did not answer",
        ChatRefusedException refused => $"Slack does not do what the bot asks of it ({refused.Code}). {refused.Explanation.TrimEnd('.')}",
        ChatRateLimitedException => "Slack asks the bot to wait",
        ChatException => "Slack gave the bot no answer, or none that says what happened",
        OperationCanceledException => "the store, or Slack itself, did not answer the bot in time",
        _ => "something went wrong in the bot, and its log says what",
    };
}
