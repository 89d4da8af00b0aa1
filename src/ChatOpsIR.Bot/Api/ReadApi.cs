using System.Globalization;
using System.Text.Json;
using ChatOpsIR.Bot.Reports;
using ChatOpsIR.Core;
using ChatOpsIR.Core.Chat;
using ChatOpsIR.Core.Incidents;
using ChatOpsIR.Core.Policies;
using ChatOpsIR.Core.Ports;
using ChatOpsIR.Core.Reactions;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Core.Streams;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Api;

/// <summary>The read-only API: who asks is checked first, and a private incident does not exist for a key without the scope.</summary>
internal static class ReadApi
{
    private const int ListPage = 50;
    private const int TimelinePage = 200;

    public static IServiceCollection AddReadApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        return services;
    }

    public static void MapReadApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/incidents");
        api.AddEndpointFilter(async (context, next) =>
        {
            var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value;
            if (options.Reads(context.HttpContext.Request.Headers.Authorization) is not { } readsPrivate)
            {
                context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
                return Results.Problem("Send one of the keys of Api__Keys as a bearer token.", statusCode: StatusCodes.Status401Unauthorized);
            }

            context.HttpContext.Items["private"] = readsPrivate;
            return await next(context);
        });
        api.MapGet("", ListAsync);
        api.MapGet("{id}", OneAsync);
        api.MapGet("{id}/timeline", TimelineAsync);
        api.MapGet("{id}/export", ExportAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, IncidentStreams streams, IDirectory directory, IRawEntries raw, string? status, string? room, string? cursor, string? limit)
    {
        if (status is not (null or "open" or "all"))
        {
            return Results.Problem("Choose one of the states open and all.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (room is not null && room.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }])
        {
            return Results.Problem("Name a room as platform:id, such as slack:C0123456789.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (PageSize(limit, ListPage) is not { } size)
        {
            return WrongLimit(ListPage);
        }

        var last = (await streams.Numbers.ReadAsync(http.RequestAborted)).Last;
        if (Place(cursor, otherwise: last, end: last) is not { } from)
        {
            return WrongCursor();
        }

        IncidentId? inRoom = null;
        if (room is not null)
        {
            inRoom = room.Split(':', 2) is [var platform, var id]
                ? (await directory.FindRoomAsync(new RoomId(platform, id), http.RequestAborted))?.Incident
                : null;
            from = inRoom?.Number ?? 0;
        }

        var items = new List<(Incident Incident, ReadOnlyMemory<byte> Hash)>();
        for (; from > 0 && items.Count < size && (inRoom is null || from == inRoom.Value.Number); from--)
        {
            var incident = await streams.ReadAsync(new IncidentId((int)from), http.RequestAborted);
            if (MaySee(http, incident) && (status is "all" || incident.Status is Status.Open or Status.Resolved))
            {
                items.Add((incident, await IncidentJson.HeadHashAsync(incident, raw, http.RequestAborted)));
            }
        }

        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var (incident, hash) in items)
            {
                IncidentJson.Write(json, incident, hash);
            }

            json.WriteEndArray();
            json.WriteString("cursor", inRoom is null && from > 0 ? from.ToString(CultureInfo.InvariantCulture) : null);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> OneAsync(HttpContext http, IncidentStreams streams, IRawEntries raw, string id)
    {
        if (await FindAsync(http, streams, id) is not { } incident)
        {
            return NotThere();
        }

        var hash = await IncidentJson.HeadHashAsync(incident, raw, http.RequestAborted);
        return Json(json => IncidentJson.Write(json, incident, hash));
    }

    private static async Task<IResult> TimelineAsync(
        HttpContext http, IncidentStreams streams, IStreamStore store, IEnumerable<IChatPlatform> platforms, Policy policy,
        string id, string? cursor, string? after, string? limit)
    {
        if (PageSize(limit, TimelinePage) is not { } size)
        {
            return WrongLimit(TimelinePage);
        }

        if (await FindAsync(http, streams, id) is not { } incident)
        {
            return NotThere();
        }

        // A cursor is the version of the newest entry that was read; “after” is its old name.
        if (Place(cursor ?? after, otherwise: 0, end: incident.Version) is not { } from)
        {
            return WrongCursor();
        }

        var platform = PlatformOf(incident, platforms);
        var slice = await store.ReadAsync(incident.Id.Stream, from, size, http.RequestAborted);
        var promised = await PromisedAsync(streams, incident.Id, slice.Entries, http.RequestAborted);
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var entry in slice.Entries)
            {
                json.WriteStartObject();
                json.WriteNumber("version", entry.Version);
                json.WriteString("occurredAt", entry.Stamp.OccurredAt.UtcDateTime);
                json.WriteString("actor", entry.Stamp.Actor?.Value);
                json.WriteString("text", PlainText.Of(FactSentence.Of(entry.Fact, entry.Stamp.Actor?.Person, policy, Read, promised.GetValueOrDefault)));
                json.WriteBoolean("redacted", entry.Redacted);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("cursor", slice.Entries is [.., { } newest] && newest.Version < incident.Version
                ? newest.Version.ToString(CultureInfo.InvariantCulture) : null);
            json.WriteEndObject();
        });

        Words Read(string text) => platform?.ReadText(text, incident.Workspace) ?? Words.Of(text);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, IncidentStreams streams, IRawEntries raw, IStreamStore store, People people, IEnumerable<IChatPlatform> platforms,
        Policy policy, IOptions<OrganisationOptions> organisation, string id, string? format)
    {
        if (format is not (null or "json" or "markdown" or "html"))
        {
            return Results.Problem("Choose one of the formats json, markdown and html.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await FindAsync(http, streams, id) is not { } incident)
        {
            return NotThere();
        }

        var hash = await IncidentJson.HeadHashAsync(incident, raw, http.RequestAborted);
        var report = new Report(incident, Convert.ToHexStringLower(hash.Span), store, new ReportNames(people), PlatformOf(incident, platforms), policy);
        switch (format)
        {
            case "markdown":
                return Results.Stream(body => MarkdownReport.WriteAsync(report, body, http.RequestAborted), "text/markdown; charset=utf-8", report.FileName("md"));
            case "html":
                http.Response.Headers.ContentSecurityPolicy = HtmlReport.ContentSecurityPolicy;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return Results.Stream(body => HtmlReport.WriteAsync(report, body, http.RequestAborted), "text/html; charset=utf-8");
            default:
                return Results.Stream(
                    body => ExportWriter.WriteAsync(
                        body, organisation.Value.Id, incident.Id.Stream, raw, json => IncidentJson.Write(json, incident, hash), http.RequestAborted),
                    "application/json",
                    report.FileName("json"));
        }
    }

    private static async Task<Incident?> FindAsync(HttpContext http, IncidentStreams streams, string id) =>
        IncidentId.TryParse(id, out var known) && known.Number <= (await streams.Numbers.ReadAsync(http.RequestAborted)).Last &&
        await streams.ReadAsync(known, http.RequestAborted) is var incident && MaySee(http, incident) ? incident : null;

    // What the effects are that some entries say are done: an earlier page may have promised them.
    private static async Task<Dictionary<EffectKey, Effect>> PromisedAsync(
        IncidentStreams streams, IncidentId incident, IEnumerable<Entry> entries, CancellationToken cancellationToken)
    {
        var promised = new Dictionary<EffectKey, Effect>();
        foreach (var key in entries.Select(entry => entry.Fact).OfType<EffectDone>().Select(done => done.Effect))
        {
            var effects = (await streams.EntryAsync(incident, key.Version, cancellationToken)).Effects;
            if (key.Index < effects.Length)
            {
                promised[key] = effects[key.Index];
            }
        }

        return promised;
    }

    private static IChatPlatform? PlatformOf(Incident incident, IEnumerable<IChatPlatform> platforms) =>
        platforms.FirstOrDefault(platform => platform.Name == incident.Platform);

    private static bool MaySee(HttpContext http, Incident incident) => incident.Exists && (!incident.Private || http.Items["private"] is true);

    /// <summary>How many items are wanted; null when that is no number of items.</summary>
    private static int? PageSize(string? limit, int most) =>
        limit is null ? most : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= most ? size : null;

    /// <summary>Where a page begins; null when the cursor was never handed out.</summary>
    private static long? Place(string? cursor, long otherwise, long end) =>
        cursor is null ? otherwise : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= end ? place : null;

    private static IResult WrongLimit(int most) =>
        Results.Problem(string.Create(CultureInfo.InvariantCulture, $"The limit is a number from 1 to {most}."), statusCode: StatusCodes.Status400BadRequest);

    private static IResult WrongCursor() =>
        Results.Problem("The cursor is not one of ours: leave it out to begin anew.", statusCode: StatusCodes.Status400BadRequest);

    private static IResult NotThere() => Results.Problem("There is no such incident.", statusCode: StatusCodes.Status404NotFound);

    private static IResult Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return Results.Bytes(buffer.WrittenMemory.ToArray(), "application/json");
    }
}
