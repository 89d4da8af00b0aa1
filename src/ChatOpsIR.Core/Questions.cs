using System.Collections.Immutable;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;

namespace ChatOpsIR.Core;

/// <summary>Answers that change nothing. Each checks at this moment what the person may see.</summary>
public sealed class Questions(IncidentStreams streams, IDirectory directory, LookingBack lookingBack, TimelineAnswers timeline, Policy policy)
{
    private const int MostListed = 20;
    private const int FarthestBack = 40;
    private const int MostChoices = 100;

    /// <param name="incident">The incident at hand; null for questions about none.</param>
    public async Task<Answer> AnswerAsync(Question question, Incident? incident, PersonId who, CancellationToken cancellationToken) => question switch
    {
        Question.Help help => new Answer.Show(HelpCards.Of(help.About, incident, who, policy), Done: true),
        Question.List list => new Answer.Show(IncidentCards.List(await ListedAsync(list, who, cancellationToken), list, policy), Done: true),
        Question.CatchUp catchUp => new Answer.Show(RecapCard.Of(incident!, await lookingBack.RecapAsync(incident!, who, catchUp, cancellationToken), policy), Done: true),
        Question.Who => new Answer.Show(IncidentCards.Who(incident!, policy), Done: true),
        Question.Timeline => await timeline.AnswerAsync(incident!, who, cancellationToken),
        _ => new Answer.Show(IncidentCards.Live(incident!, policy), Done: true),
    };

    /// <summary>Open incidents that look like the one just declared.</summary>
    public async Task<IReadOnlyList<Incident>> SimilarAsync(Incident declared, PersonId who, CancellationToken cancellationToken) =>
        Similar.To(declared.Title, (await OpenAsync(who, cancellationToken)).Where(other => other.Id != declared.Id));

    /// <summary>The open incidents that involve a person, newest first.</summary>
    public Task<IReadOnlyList<Incident>> InvolvingAsync(PersonId who, CancellationToken cancellationToken) =>
        OpenAsync(who, MostListed, incident => incident.Involves(who), cancellationToken);

    /// <summary>Open incidents to choose from.</summary>
    /// <param name="isVouchedFor">Whether the platform says that they are a member; else they choose among those that involve them.</param>
    public async Task<ImmutableArray<Choice>> ChoicesAsync(PersonId who, bool isVouchedFor, string typed, CancellationToken cancellationToken)
    {
        var parts = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var open = await OpenAsync(
            who,
            MostChoices,
            incident => (isVouchedFor || incident.Involves(who)) && parts.All(part => $"{incident.Id} {incident.Title}".Contains(part, StringComparison.OrdinalIgnoreCase)),
            cancellationToken);
        return [.. open.Select(incident => new Choice(incident.Id.ToString(), $"{incident.Id} {incident.Title}", SeverityWords.Title(incident.Severity)))];
    }

    private async Task<IReadOnlyList<Incident>> ListedAsync(Question.List list, PersonId who, CancellationToken cancellationToken)
    {
        var known = list.All ? await LatestAsync(who, cancellationToken) : await OpenAsync(who, cancellationToken);
        return [.. known.Where(incident => !(incident.Severity > list.Worst) && (!list.Mine || incident.Involves(who)))];
    }

    // Closed ones have no row in the directory: their numbers lead to them, a bounded way back.
    private async Task<IReadOnlyList<Incident>> LatestAsync(PersonId who, CancellationToken cancellationToken)
    {
        var latest = new List<Incident>();
        var last = (await streams.Numbers.ReadAsync(cancellationToken)).Last;
        for (var number = last; number > Math.Max(0, last - FarthestBack) && latest.Count < MostListed; number--)
        {
            var incident = await streams.ReadAsync(new IncidentId(number), cancellationToken);
            if (incident.Exists && Authorisation.Sees(who, incident, inItsRoom: false))
            {
                latest.Add(incident);
            }
        }

        return latest;
    }

    private Task<IReadOnlyList<Incident>> OpenAsync(PersonId who, CancellationToken cancellationToken) =>
        OpenAsync(who, MostListed, _ => true, cancellationToken);

    private async Task<IReadOnlyList<Incident>> OpenAsync(PersonId who, int most, Func<Incident, bool> wanted, CancellationToken cancellationToken)
    {
        var open = new List<Incident>();
        foreach (var row in (await directory.ListActiveAsync(cancellationToken)).OrderByDescending(row => row.Incident.Number))
        {
            if (open.Count == most)
            {
                break;
            }

            var incident = await streams.ReadAsync(row.Incident, cancellationToken);
            if (incident.Status is Status.Open or Status.Resolved && Authorisation.Sees(who, incident, inItsRoom: false) && wanted(incident))
            {
                open.Add(incident);
            }
        }

        return open;
    }
}
