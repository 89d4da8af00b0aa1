using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Core;

/// <summary>The end of an incident's record, and a link to the whole of it.</summary>
public sealed class TimelineAnswers(IStreamStore store, ITimelineLinks links, IEnumerable<IChatPlatform> platforms, Policy policy)
{
    // Enough to find a few things that tell something, in one request.
    private const int LookedThrough = 100;

    public async Task<Answer> AnswerAsync(Incident incident, PersonId who, CancellationToken cancellationToken)
    {
        var slice = await store.ReadAsync(incident.Id.Stream, Math.Max(0, incident.Version - LookedThrough), LookedThrough, cancellationToken);
        var platform = platforms.FirstOrDefault(one => one.Name == incident.Platform);
        var page = Authorisation.Sees(who, incident, inItsRoom: false) ? links.For(incident.Id, who) : null;
        return new Answer.Show(
            TimelineCards.Latest(incident, slice.Entries, policy, text => platform?.ReadText(text, incident.Workspace) ?? Words.Of(text), page), Done: true);
    }
}
