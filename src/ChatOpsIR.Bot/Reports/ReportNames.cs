using ChatOpsIR.Core;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Reports;

/// <summary>People by name, each asked once; whoever nobody vouches for keeps the id that the record has.</summary>
internal sealed class ReportNames(People people)
{
    private readonly Introductions introductions = new(people);
    private readonly Dictionary<PersonId, Person?> met = [];

    /// <summary>Somebody in it is shown by an id, since so many were not looked up.</summary>
    public bool LeftOut => introductions.LeftOut;

    /// <summary>Looks up those who are not known yet, all at once.</summary>
    /// <param name="speaker">Whoever says or does it, if anybody.</param>
    public async Task LoadAsync(PersonId? speaker, IEnumerable<PersonId> mentioned, CancellationToken cancellationToken)
    {
        if (speaker is { } who && !met.ContainsKey(who))
        {
            Keep([who], await introductions.MeetSpeakersAsync([who], cancellationToken));
        }

        if (mentioned.Where(person => !met.ContainsKey(person)).ToArray() is { Length: > 0 } strangers)
        {
            Keep(strangers, await introductions.MeetMentionedAsync(strangers, cancellationToken));
        }
    }

    /// <summary>The name of somebody who was looked up.</summary>
    public string Of(PersonId person) => met.GetValueOrDefault(person) is { } known ? known.FullName ?? known.Name : person.User;

    /// <summary>The name of whoever acts or speaks.</summary>
    public async Task<string> OfAsync(PersonId speaker, CancellationToken cancellationToken)
    {
        await LoadAsync(speaker, [], cancellationToken);
        return Of(speaker);
    }

    /// <summary>With what chat calls them, for readers who know them from there.</summary>
    public async Task<string> InFullAsync(PersonId person, CancellationToken cancellationToken)
    {
        var name = await OfAsync(person, cancellationToken);
        return met.GetValueOrDefault(person) is { FullName: not null } known && known.Name != name ? $"{name} ({known.Name} in chat)" : name;
    }

    public async Task<string> OfAsync(Actor? actor, CancellationToken cancellationToken) => actor switch
    {
        { Person: { } person } => await OfAsync(person, cancellationToken),
        { } other when other == Actor.System => "ChatOpsIR",
        { } other => other.Value,
        null => "nobody named",
    };

    // Whoever was left out is left out to the end: a report calls nobody by two names.
    private void Keep(IEnumerable<PersonId> asked, IReadOnlyDictionary<PersonId, Person?> found)
    {
        foreach (var person in asked)
        {
            met[person] = found.GetValueOrDefault(person);
        }
    }
}
