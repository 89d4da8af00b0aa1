using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Answers that change nothing. Each checks at this moment what the person may see.</summary>
public sealed class Questions(IncidentStreams streams, IDirectory directory, TimelineAnswers timeline, Policy policy)
{
    private const int MostListed = 20;

    /// <param name="incident">The incident at hand; null for questions about none.</param>
    public async Task<Answer> AnswerAsync(Question question, Incident? incident, PersonId who, CancellationToken cancellationToken) => question switch
    {
        Question.Help help => new Answer.Show(HelpCards.Of(help.About), Done: true),
        Question.List => new Answer.Show(IncidentCards.List(await OpenAsync(who, cancellationToken), policy), Done: true),
        Question.Who => new Answer.Show(IncidentCards.Who(incident!, policy), Done: true),
        Question.Timeline => await timeline.AnswerAsync(incident!, who, cancellationToken),
        _ => new Answer.Show(IncidentCards.Live(incident!, policy), Done: true),
    };

    /// <summary>Open incidents that look like the one just declared.</summary>
    public async Task<IReadOnlyList<Incident>> SimilarAsync(Incident declared, PersonId who, CancellationToken cancellationToken) =>
        Similar.To(declared.Title, (await OpenAsync(who, cancellationToken)).Where(other => other.Id != declared.Id));

    private async Task<IReadOnlyList<Incident>> OpenAsync(PersonId who, CancellationToken cancellationToken)
    {
        var open = new List<Incident>();
        foreach (var row in (await directory.ListActiveAsync(cancellationToken)).OrderByDescending(row => row.Incident.Number))
        {
            if (open.Count == MostListed)
            {
                break;
            }

            var incident = await streams.ReadAsync(row.Incident, cancellationToken);
            if (incident.Status is Status.Open or Status.Resolved && Authorisation.Sees(who, incident, inItsRoom: false))
            {
                open.Add(incident);
            }
        }

        return open;
    }
}
