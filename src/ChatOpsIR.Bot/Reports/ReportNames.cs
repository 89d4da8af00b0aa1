using ChatOpsIR.Core;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Reports;

/// <summary>People by name, each asked once; whoever nobody vouches for keeps the id that the record has.</summary>
internal sealed class ReportNames(People people)
{
    private readonly Dictionary<PersonId, string> asked = [];

    public async Task<string> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (!asked.TryGetValue(person, out var name))
        {
            var known = await people.ResolveAsync(person, cancellationToken);
            name = known?.FullName ?? known?.Name ?? person.User;
            asked.Add(person, name);
        }

        return name;
    }

    /// <summary>With what chat calls them, for readers who know them from there.</summary>
    public async Task<string> InFullAsync(PersonId person, CancellationToken cancellationToken)
    {
        var name = await OfAsync(person, cancellationToken);
        return await people.ResolveAsync(person, cancellationToken) is { FullName: not null } known && known.Name != name ? $"{name} ({known.Name} in chat)" : name;
    }

    public async Task<string> OfAsync(Actor? actor, CancellationToken cancellationToken) => actor switch
    {
        { Person: { } person } => await OfAsync(person, cancellationToken),
        { } other when other == Actor.System => "ChatOpsIR",
        { } other => other.Value,
        null => "nobody named",
    };
}
