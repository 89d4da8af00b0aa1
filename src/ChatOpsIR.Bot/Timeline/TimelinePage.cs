using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage.Export;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>
/// Writes the page. The record as it stands is one page of entries, read in one request. A search reads the record from its beginning and
/// sends what it finds as it goes, so that neither a long record nor a slow reader takes memory.
/// </summary>
internal sealed class TimelinePage(
    IStreamStore store, IRawEntries raw, PageNames names, Casts casts, Seals seals, IEnumerable<IChatPlatform> platforms, Policy policy, Drawing drawing, TimeProvider time)
{
    public const int PageSize = 100;

    /// <summary>A search stops after this many, and says where it goes on.</summary>
    public const int MostFound = 500;

    private const int SearchedAtOnce = 500;

    public Func<string, Words> ReaderOf(Incident incident)
    {
        var platform = platforms.FirstOrDefault(one => one.Name == incident.Platform);
        return text => platform?.ReadText(text, incident.Workspace) ?? Words.Of(text);
    }

    public RowFold FoldOf(Incident incident, bool folds) => new(incident.Id.Stream, policy, ReaderOf(incident), folds);

    public async Task WriteAsync(HttpContext http, Admitted.Reader reader, TimelineFilter filter, ReaderZone zone)
    {
        var cancellationToken = http.RequestAborted;
        var incident = reader.Incident;
        var view = new TimelineView
        {
            Incident = incident,
            Reader = reader.Pass.Person,
            Policy = policy,
            Zone = zone,
            Theme = http.Request.Cookies[PageCookies.Theme] is "light" or "dark" ? http.Request.Cookies[PageCookies.Theme] : null,
            Now = time.GetUtcNow(),
            Filter = filter,
            NameOf = names.Of,
            ChatNameOf = names.InChat,
            HeadHash = "",
            Seal = await seals.OfAsync(incident.Id, incident.Version, cancellationToken),
        };
        var met = names.Introduce();
        if (filter.Searches)
        {
            await SearchAsync(http.Response, await ForSearchAsync(view, met, cancellationToken), met, cancellationToken);
            return;
        }

        var (after, most) = Place(filter, incident.Version);
        var slice = await store.ReadAsync(incident.Id.Stream, after, most, cancellationToken);
        var fold = FoldOf(incident, folds: true);
        foreach (var entry in slice.Entries)
        {
            fold.Remember(entry);
            fold.Add(entry);
        }

        var rows = fold.Rows(filter.Kinds);
        casts.Meet(incident.Id, slice.Entries);
        var cast = await casts.OfAsync(incident, cancellationToken);
        var whose = slice.Entries.Select(TimelineFilter.WhoOf).Select(who => cast.Ours.Contains(who) ? TimelineFilter.Bot : who).ToList();
        var offered = Offered(view, cast, whose);
        var speakers = Known(offered.Select(one => one.Key)).Concat(Involved(view)).Concat(rows.SelectMany(row => row.Speakers));
        await names.LoadAsync(met, speakers, rows.SelectMany(row => row.People), cancellationToken);
        var last = slice.Entries is [.., var newest] ? newest.Version : after;
        await DrawAsync(http.Response, rows, view with
        {
            HeadHash = last == incident.Version ? Convert.ToHexStringLower(slice.Head.Hash.AsSpan()) : await HeadHashAsync(incident, cancellationToken),
            Counts = slice.Entries.GroupBy(EntryKinds.Of).ToDictionary(group => group.Key, group => group.Count()),
            People = offered,
            SomeByTheirIds = met.LeftOut,
            Range = (after + 1, last),
        }, cancellationToken);
    }

    private async Task DrawAsync(HttpResponse to, IReadOnlyList<Row> rows, TimelineView view, CancellationToken cancellationToken)
    {
        var (before, after) = await drawing.ShellAsync(view);
        await to.WriteAsync(before, cancellationToken);
        await to.WriteAsync(await drawing.RowsAsync(rows, view, ""), cancellationToken);
        await to.WriteAsync(await drawing.EndAsync(view, rows.Count, goesOnAfter: null), cancellationToken);
        await to.WriteAsync(after, cancellationToken);
    }

    // Whoever is asked for and is nowhere in the record is left out, and nobody is asked who that might be.
    private async Task<TimelineView> ForSearchAsync(TimelineView view, Introductions met, CancellationToken cancellationToken)
    {
        var incident = view.Incident;
        var asked = view.Filter.People;
        var involved = Involved(view).Select(person => person.ToString()).ToHashSet(StringComparer.Ordinal);
        var cast = asked is null
            ? await casts.OfAsync(incident, cancellationToken)
            : await casts.LookForAsync(incident, asked.Where(person => !involved.Contains(person)).ToHashSet(StringComparer.Ordinal), cancellationToken);
        var found = asked?.Where(person => cast.Has(person) || involved.Contains(person)).ToHashSet(StringComparer.Ordinal);
        var search = view with { Filter = view.Filter with { People = found }, NotMet = asked is null ? 0 : asked.Count - found!.Count };
        var offered = Offered(search, cast, []);
        await names.LoadAsync(met, Known(offered.Select(one => one.Key)).Concat(Involved(view)), [], cancellationToken);
        return search with { HeadHash = await HeadHashAsync(incident, cancellationToken), People = offered };
    }

    private async Task SearchAsync(HttpResponse to, TimelineView view, Introductions met, CancellationToken cancellationToken)
    {
        var (before, after) = await drawing.ShellAsync(view);
        await to.WriteAsync(before, cancellationToken);
        await to.Body.FlushAsync(cancellationToken);
        var (read, found, day) = (view.Filter.After, 0, "");
        if (view.Filter.People is { Count: 0 })
        {
            read = view.Incident.Version; // nobody is left whose entries could be found
        }

        while (read < view.Incident.Version && found < MostFound)
        {
            var slice = await store.ReadAsync(view.Incident.Id.Stream, read, (int)Math.Min(SearchedAtOnce, view.Incident.Version - read), cancellationToken);
            if (slice.Entries.IsEmpty)
            {
                break;
            }

            casts.Meet(view.Incident.Id, slice.Entries);
            var fold = FoldOf(view.Incident, folds: false);
            foreach (var entry in slice.Entries)
            {
                fold.Remember(entry);
                read = entry.Version;
                if (view.Filter.Matches(entry, view.Filter.Text.Length > 0 ? fold.Sentence(entry) : ""))
                {
                    fold.Add(entry);
                    if (++found == MostFound)
                    {
                        break;
                    }
                }
            }

            var rows = fold.Rows(view.Filter.Kinds);
            if (rows.Count > 0)
            {
                await names.LoadAsync(met, rows.SelectMany(row => row.Speakers), rows.SelectMany(row => row.People), cancellationToken);
                await to.WriteAsync(await drawing.RowsAsync(rows, view, day), cancellationToken);
                await to.Body.FlushAsync(cancellationToken);
                day = view.Zone.Day(rows[^1].At);
            }
        }

        await to.WriteAsync(await drawing.EndAsync(view with { SomeByTheirIds = met.LeftOut }, found, read < view.Incident.Version ? read : null), cancellationToken);
        await to.WriteAsync(after, cancellationToken);
    }

    // The newest page, the one before an entry, or the one around an entry.
    private static (long After, int Most) Place(TimelineFilter filter, long head)
    {
        var end = filter switch
        {
            { At: { } at } => Math.Max(at + (PageSize / 2), PageSize),
            { Before: { } before } => before - 1,
            _ => head,
        };
        end = Math.Clamp(end, 1, head);
        var after = Math.Max(0, end - PageSize);
        return (after, (int)(end - after));
    }

    private async Task<string> HeadHashAsync(Incident incident, CancellationToken cancellationToken) =>
        await raw.ReadRawAsync(incident.Id.Stream, incident.Version - 1, 1, cancellationToken) is [var head, ..] ? Convert.ToHexStringLower(head.Hash.Span) : "";

    private static IEnumerable<PersonId> Involved(TimelineView view) => view.Incident.People.Append(view.Reader);

    // Those who are chosen, those whose entries are on the page, those with a part in it, and whoever else was met.
    private static List<(string Key, int Count)> Offered(TimelineView view, Cast cast, IReadOnlyCollection<string> whose)
    {
        var counts = whose.CountBy(who => who).ToDictionary();
        var chosen = (view.Filter.People ?? new HashSet<string>()).Order(StringComparer.Ordinal);
        return
        [
            .. chosen.Concat(counts.OrderByDescending(one => one.Value).Select(one => one.Key)).Concat(Involved(view).Select(person => person.ToString()))
                .Concat(cast.InOrder).Distinct().Take(TimelineView.MostOffered).Select(key => (key, counts.GetValueOrDefault(key))),
        ];
    }

    private static IEnumerable<PersonId> Known(IEnumerable<string> keys) => keys.Distinct().Select(key => PersonId.TryParse(key, out var person) ? person : (PersonId?)null).OfType<PersonId>();
}
