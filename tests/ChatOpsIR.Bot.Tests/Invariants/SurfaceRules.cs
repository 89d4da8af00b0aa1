using System.Text.Json.Nodes;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Playground;
using ChatOpsIR.Slack.Outbound;

namespace ChatOpsIR.Bot.Tests.Invariants;

/// <summary>I15, for what is painted over and over: once quiet, the card and the topic show what is so.</summary>
internal static class SurfaceRules
{
    private const int LongestTopic = 250;

    public static IEnumerable<string> Broken(WholeRecord record, Evidence evidence) => evidence.Quiet
        ? record.Incidents.Where(incident => incident.Now.Room is not null).SelectMany(incident => Broken(incident, evidence))
        : [];

    private static IEnumerable<string> Broken(IncidentRecord incident, Evidence evidence)
    {
        var now = incident.Now;
        if (evidence.Workspace.Channels.FirstOrDefault(channel => channel.Id == now.Room!.Id.Id && !channel.Archived) is not { } channel)
        {
            yield break;
        }

        var topic = Mrkdwn.Escape(IncidentCards.Topic(now, evidence.Policy).ReplaceLineEndings(" "), LongestTopic);
        if (channel.Topic != topic && !SomebodyElseSetTheTopic(channel, evidence.Workspace))
        {
            yield return $"I15: the topic of #{channel.Name} is “{channel.Topic}” and should be “{topic}”.";
        }

        if (now.Card is { } posted && channel.Messages.FirstOrDefault(message => message.Ts == posted.Message.Id && message.Visible) is { } card &&
            !IsDrawnAs(card, IncidentCards.Live(now, evidence.Policy)))
        {
            yield return $"I15: the card of {incident.Id} in #{channel.Name} shows something old: {card.Text}";
        }
    }

    // People may say something else up there; we only see to it that our own last words are current.
    private static bool SomebodyElseSetTheTopic(ChannelView channel, WorkspaceView workspace) =>
        channel.Messages.LastOrDefault(message => message.Subtype is "channel_topic" or "group_topic") is { } set &&
        workspace.People.Any(person => person.Id == set.User && !person.IsBot);

    private static bool IsDrawnAs(MessageView message, Card card)
    {
        var drawn = BlockKit.Message(card);
        return message.Text == drawn["text"]?.GetValue<string>() && Visible(message.Blocks) == Visible(drawn["blocks"]);
    }

    // The workspace gives blocks ids of its own.
    private static string Visible(JsonNode? blocks)
    {
        var copy = blocks?.DeepClone() as JsonArray ?? [];
        foreach (var block in copy.OfType<JsonObject>())
        {
            block.Remove("block_id");
        }

        return copy.ToJsonString();
    }
}
