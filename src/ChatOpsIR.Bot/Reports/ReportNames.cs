using ChatOpsIR.Core;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Reports;

/// <summary>People by name, each asked once; whoever nobody vouches for keeps the id that the record has.</summary>
internal sealed class ReportNames(People people)
{
    private readonly Dictionary<PersonId, string> known = [];

    public async Task<string> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(person, out var name))
        {
            name = (await people.ResolveAsync(person, cancellationToken))?.Name ?? person.User;
            known.Add(person, name);
        }

        return name;
    }

    public async Task<string> OfAsync(Actor? actor, CancellationToken cancellationToken) => actor switch
    {
        { Person: { } person } => await OfAsync(person, cancellationToken),
        { } other when other == Actor.System => "ChatOpsIR",
        { } other => other.Value,
        null => "nobody named",
    };
}
