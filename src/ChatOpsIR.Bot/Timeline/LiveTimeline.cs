using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>
/// Sends what is appended while a page is open. The store is asked once a second, since another instance may have written; whether the
/// reader may still see it is asked before anything is sent.
/// </summary>
internal sealed class LiveTimeline(
    IStreamStore store, TimelinePage page, Admission admission, PageNames names, Drawing drawing, Policy policy, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The key of the turnstile that whoever follows a record passes.</summary>
    public const string Turnstile = "following";

    /// <summary>Enough for every open incident of a bad day, each in a window of its own.</summary>
    public const int MostOfOne = 8;

    /// <summary>Each asks the store once a second.</summary>
    public const int MostOfAll = 200;

    /// <summary>How long to wait before asking again for a place.</summary>
    public static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(30);

    private const int MostAtOnce = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A proxy that hears nothing for a minute hangs up; a reader who lost the right to see it learns so by then.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public async Task FollowAsync(HttpContext http, Admitted.Reader reader)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await FollowAsync(http, reader, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went, or the bot stops.
        }
    }

    private async Task FollowAsync(HttpContext http, Admitted.Reader reader, CancellationToken cancellationToken)
    {
        var zone = ReaderZone.Of(http.Request.Cookies[ReaderZone.Cookie]);
        var filter = TimelineFilter.Of(http.Request.Query, zone);
        var last = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : filter.After;
        last = Math.Min(last, reader.Incident.Version);
        var day = http.Request.Query["day"].ToString();
        await SayAsync(http.Response, ": here\n\n", cancellationToken);
        var spoke = time.GetUtcNow();
        while (time.GetUtcNow() < reader.Pass.Until)
        {
            var slice = await store.ReadAsync(reader.Incident.Id.Stream, last, MostAtOnce, cancellationToken);
            if (slice.Entries.IsEmpty && time.GetUtcNow() - spoke < Silence)
            {
                await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            if (await admission.AdmitAsync(reader.Pass, reader.Incident.Id, cancellationToken) is not Admitted.Reader still)
            {
                return;
            }

            spoke = time.GetUtcNow();
            if (slice.Entries.IsEmpty)
            {
                await SayAsync(http.Response, ": still here\n\n", cancellationToken);
                continue;
            }

            var (html, newDay) = await DrawAsync(slice, still, filter, zone, day, cancellationToken);
            (last, day) = (slice.Head.Version, newDay);
            var news = JsonSerializer.Serialize(new { html, version = last, hash = Grouped(Convert.ToHexStringLower(slice.Head.Hash.AsSpan())), day });
            await SayAsync(http.Response, string.Create(CultureInfo.InvariantCulture, $"id: {last}\nevent: entries\ndata: {news}\n\n"), cancellationToken);
        }
    }

    private async Task<(string Html, string Day)> DrawAsync(
        StreamSlice slice, Admitted.Reader reader, TimelineFilter filter, ReaderZone zone, string day, CancellationToken cancellationToken)
    {
        var fold = page.FoldOf(reader.Incident, folds: true);
        foreach (var entry in slice.Entries)
        {
            fold.Remember(entry);
            fold.Add(entry);
        }

        var rows = fold.Rows(filter.Kinds);
        if (rows.Count == 0)
        {
            return ("", day);
        }

        await names.LoadAsync(names.Introduce(), rows.SelectMany(row => row.Speakers), rows.SelectMany(row => row.People), cancellationToken);
        var view = new TimelineView
        {
            Incident = reader.Incident,
            Reader = reader.Pass.Person,
            Policy = policy,
            Zone = zone,
            Theme = null,
            Now = time.GetUtcNow(),
            Filter = filter,
            NameOf = names.Of,
            ChatNameOf = names.InChat,
            HeadHash = "",
            Seal = null,
        };
        return (await drawing.RowsAsync(rows, view, day), zone.Day(rows[^1].At));
    }

    /// <summary>A hash in groups of eight, as people compare it.</summary>
    internal static string Grouped(string hash) => string.Join(' ', hash.Chunk(8).Select(group => new string(group)));

    private static async Task SayAsync(HttpResponse to, string text, CancellationToken cancellationToken)
    {
        await to.WriteAsync(text, cancellationToken);
        await to.Body.FlushAsync(cancellationToken);
    }
}
