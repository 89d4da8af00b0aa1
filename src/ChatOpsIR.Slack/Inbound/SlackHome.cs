using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// A person's own page, drawn anew whenever they open it or press something on it. Nothing depends on it: what fails is logged, and is
/// drawn the next time.
/// </summary>
internal sealed class SlackHome(IDesk desk, ISlackTalk talk, TimeProvider time, ILogger log)
{
    public async Task PaintAsync(BotIdentity? us, string user, string? team, CancellationToken cancellationToken)
    {
        try
        {
            us ??= await talk.WhoAmIAsync(cancellationToken);
            var person = SlackPeople.Person(us, user, team);
            var card = await desk.HomeAsync(person, SlackPeople.Kind(us, team), time.GetUtcNow(), cancellationToken).WaitAsync(cancellationToken);
            await talk.ShowHomeAsync(person, card, cancellationToken);
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "A person's own page could not be drawn.");
        }
    }
}
