using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>
/// The way in for everything that Slack sends, free of the transport. Nothing is read before the signature is right, and
/// nothing is answered as done before it is recorded.
/// </summary>
internal sealed class SlackDoor(
    IDesk desk, ISlackTalk talk, IKeyedHash hash, IOptions<SlackOptions> options, TimeProvider time, ILogger<SlackDoor> log)
{
    /// <summary>Slack gives up after three seconds, most of the network's share included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SlackRefusals refusals = new(time, log);
    private readonly SlackEvents events = new(desk, talk, hash, time, log);
    private readonly SlackCommands commands = new(desk, talk, hash, time, log);
    private readonly SlackInteractions interactions = new(desk, talk, hash, time, log);

    /// <summary>The time that the work on one request has, from its first byte on.</summary>
    public Budget Start(CancellationToken caller) => new(Patience, time, caller);

    /// <param name="budget">Runs since the request's first byte.</param>
    /// <param name="caller">Ends when Slack hangs up.</param>
    public async Task<SlackReply> HandleAsync(SlackRoute route, SlackHttpRequest request, Budget budget, CancellationToken caller)
    {
        if (SlackForm.IsSslCheck(request))
        {
            return SlackReply.Fine;
        }

        var secrets = options.Value;
        if (!SlackSignature.IsGenuine(request, time.GetUtcNow(), secrets.SigningSecret, secrets.PreviousSigningSecret))
        {
            refusals.Add(hasSecret: !string.IsNullOrWhiteSpace(secrets.SigningSecret));
            return SlackReply.NotFromSlack;
        }

        try
        {
            return route switch
            {
                SlackRoute.Events => await events.HandleAsync(request.Body, budget.Token),
                SlackRoute.Commands => await commands.HandleAsync(request.Body, budget.Token),
                _ => await interactions.HandleAsync(request.Body, budget.Token, caller),
            };
        }
        catch (Exception problem) when (!caller.IsCancellationRequested)
        {
            // A fault of our own. Whether anything was recorded before it is unknown, and so it is said.
            log.LogError(problem, "A request to {Route} could not be handled.", route);
            return route is SlackRoute.Commands ? SlackReply.Json(talk.DrawAnswer(SlackFailure.NotConfirmed(problem))) : SlackReply.SendAgain;
        }
    }
}
