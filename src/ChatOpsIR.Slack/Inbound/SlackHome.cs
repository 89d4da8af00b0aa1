using System.Text.Json;
using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// A person's own page, drawn anew whenever they open it, press something on it or send a form that they opened there. Nothing depends on
/// it: what fails is logged, and is drawn the next time.
/// </summary>
internal sealed class SlackHome(IDesk desk, ISlackTalk talk, TimeProvider time, ILogger log)
{
    /// <summary>What a page of ours says that it shows: Slack sends it back with everything that happens on the page.</summary>
    public static string? Shown(JsonElement? view) => view?.Text("type") is "home" ? view?.Text("private_metadata") ?? "" : null;

    /// <param name="shown">What the page says that it shows, so that nothing is sent when that is still so.</param>
    public async Task PaintAsync(BotIdentity? us, string user, string? team, string? shown, CancellationToken cancellationToken)
    {
        try
        {
            us ??= await talk.WhoAmIAsync(cancellationToken);
            var person = SlackPeople.Person(us, user, team);
            var card = await desk.HomeAsync(person, SlackPeople.Kind(us, team), time.GetUtcNow(), cancellationToken).WaitAsync(cancellationToken);
            await talk.ShowHomeAsync(person, card, shown, cancellationToken);
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            log.LogWarning(exception, "A person's own page could not be drawn.");
        }
    }
}
