using System.Collections.Concurrent;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>People as the pages show them, kept in memory for a few minutes so that a page costs no look-up per name.</summary>
internal sealed class PageNames(People people, TimeProvider time)
{
    private const int MostKept = 10_000;

    private static readonly TimeSpan Known = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Unvouched = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<PersonId, (Person? Person, DateTimeOffset Until)> kept = [];

    /// <summary>Null while nobody vouches for them.</summary>
    public async Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken)
    {
        if (IsKept(id))
        {
            return Found(id);
        }

        var person = await people.ResolveAsync(id, cancellationToken);
        Keep(id, person);
        return person;
    }

    /// <summary>Those whom one page shows may be met.</summary>
    public Introductions Introduce() => new(people);

    /// <summary>Looks up whoever is not known yet, all at once.</summary>
    public async Task LoadAsync(Introductions page, IEnumerable<PersonId> speakers, IEnumerable<PersonId> mentioned, CancellationToken cancellationToken)
    {
        Keep(await page.MeetSpeakersAsync(speakers.Where(id => !IsKept(id)), cancellationToken));
        Keep(await page.MeetMentionedAsync(mentioned.Where(id => !IsKept(id)), cancellationToken));
    }

    /// <summary>The full name as last looked up; whoever nobody vouches for keeps the id that the record has.</summary>
    public string Of(PersonId id) => Found(id) is { } person && PlainText.Line(person.FullName ?? person.Name) is { Length: > 0 } name ? name : id.User;

    /// <summary>What chat calls them, where it is another name.</summary>
    public string? InChat(PersonId id) => Found(id) is { FullName: not null } person && PlainText.Line(person.Name) is { Length: > 0 } name && name != Of(id) ? name : null;

    private bool IsKept(PersonId id) => kept.TryGetValue(id, out var found) && time.GetUtcNow() < found.Until;

    private void Keep(IReadOnlyDictionary<PersonId, Person?> met)
    {
        foreach (var (id, person) in met)
        {
            Keep(id, person);
        }
    }

    private void Keep(PersonId id, Person? person)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[id] = (person, time.GetUtcNow() + (person is null ? Unvouched : Known));
    }

    private Person? Found(PersonId id) => kept.TryGetValue(id, out var found) ? found.Person : null;
}
