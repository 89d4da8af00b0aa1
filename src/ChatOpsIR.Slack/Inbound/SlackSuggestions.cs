using System.Text.Json;
using ChatOpsIR.Core.Ports;
using Microsoft.Extensions.Logging;

namespace ChatOpsIR.Slack.Inbound;

/// <summary>What a form offers while somebody types into a select: the open incidents that they may know of.</summary>
internal sealed class SlackSuggestions(IDesk desk, ISlackTalk talk, ILogger log)
{
    public async Task<SlackReply> OfferAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        if (payload.Child("view")?.Text("callback_id") is not SlackViews.Callback || payload.Child("user")?.Id("id") is not { } user)
        {
            return SlackReply.Json(talk.DrawChoices([]));
        }

        try
        {
            var us = await talk.WhoAmIAsync(cancellationToken);
            var team = payload.Child("user")?.Id("team_id");
            var choices = await desk.ChoicesAsync(SlackPeople.Person(us, user, team), SlackPeople.Kind(us, team), payload.Text("value") ?? "", cancellationToken)
                .WaitAsync(cancellationToken);
            return SlackReply.Json(talk.DrawChoices(choices));
        }
        catch (Exception exception) when (SlackFailure.IsNoAnswer(exception))
        {
            // An empty list would say that nothing is open.
            log.LogWarning(exception, "The open incidents could not be offered.");
            return SlackReply.SendAgain;
        }
    }
}
