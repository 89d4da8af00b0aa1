using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>
/// Who did or said something in a record, as far as this process has read it. A short record is read for it at once; a long one only when
/// somebody is asked for who has not been met yet, and each entry once.
/// </summary>
internal sealed class Casts(IStreamStore store)
{
    private const int MostKept = 1000;
    private const int ReadAtOnce = 500;

    private readonly ConcurrentDictionary<IncidentId, Cast> kept = [];

    /// <summary>Everybody in a short record; of a long one, those who were met so far.</summary>
    public Task<Cast> OfAsync(Incident incident, CancellationToken cancellationToken) =>
        ReadOnAsync(incident, cast => incident.Version <= Seals.Short && cast.ReadTo < incident.Version, cancellationToken);

    /// <summary>Reads on until everybody who is wanted was met, or the record ends: whoever is missing then is not in it.</summary>
    public Task<Cast> LookForAsync(Incident incident, IReadOnlySet<string> wanted, CancellationToken cancellationToken) =>
        ReadOnAsync(incident, cast => cast.ReadTo < incident.Version && (incident.Version <= Seals.Short || wanted.Any(person => !cast.Has(person))), cancellationToken);

    /// <summary>Remembers whom some entries show.</summary>
    public void Meet(IncidentId incident, ImmutableArray<Entry> entries) => kept.AddOrUpdate(incident, _ => Cast.Nobody.Met(entries), (_, cast) => cast.Met(entries));

    private async Task<Cast> ReadOnAsync(Incident incident, Predicate<Cast> isWanting, CancellationToken cancellationToken)
    {
        var cast = Of(incident.Id);
        while (isWanting(cast))
        {
            var slice = await store.ReadAsync(incident.Id.Stream, cast.ReadTo, (int)Math.Min(ReadAtOnce, incident.Version - cast.ReadTo), cancellationToken);
            if (slice.Entries is not [.., var last])
            {
                break;
            }

            if (kept.Count >= MostKept)
            {
                kept.Clear();
            }

            cast = cast.Met(slice.Entries) with { ReadTo = last.Version };
            kept[incident.Id] = cast;
        }

        return cast;
    }

    private Cast Of(IncidentId incident) => kept.GetValueOrDefault(incident, Cast.Nobody);
}

/// <param name="ReadTo">Everybody up to this entry was met, and perhaps some later ones.</param>
/// <param name="People">As the filter names them, each with an entry that shows them.</param>
/// <param name="Ours">Accounts of the bot itself, which the filter knows as one.</param>
internal sealed record Cast(long ReadTo, ImmutableDictionary<string, long> People, ImmutableHashSet<string> Ours)
{
    public static readonly Cast Nobody = new(0, ImmutableDictionary.Create<string, long>(StringComparer.Ordinal), ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    public bool Has(string person) => person == TimelineFilter.Bot || People.ContainsKey(person);

    /// <summary>In the order of the record, the bot's accounts left out.</summary>
    public IEnumerable<string> InOrder => People.Where(one => !Ours.Contains(one.Key)).OrderBy(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key);

    public Cast Met(IEnumerable<Entry> entries)
    {
        var (people, ours) = (People.ToBuilder(), Ours.ToBuilder());
        foreach (var entry in entries)
        {
            var author = (entry.Fact as ChatRecord)?.Author;
            foreach (var who in new[] { entry.Stamp.Actor, author }.OfType<Actor>().Where(who => who.Person is not null))
            {
                people.TryAdd(who.Value, entry.Version);
            }

            if (entry.Fact is ChatRecord { Effect: not null } && author is { } us)
            {
                ours.Add(us.Value);
            }
        }

        return this with { People = people.ToImmutable(), Ours = ours.ToImmutable() };
    }
}
