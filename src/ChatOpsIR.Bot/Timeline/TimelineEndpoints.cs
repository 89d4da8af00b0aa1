using System.Globalization;
using ChatOpsIR.Bot.Api;
using ChatOpsIR.Core.Record;
using ChatOpsIR.Storage;
using ChatOpsIR.Storage.Export;
using Microsoft.Extensions.Options;

namespace ChatOpsIR.Bot.Timeline;

/// <summary>The page of an incident's timeline and what belongs to it. Who asks is checked first, every time.</summary>
internal static class TimelineEndpoints
{
    private const string NoLink = "This page opens by a personal link. Type /incident timeline in the incident's war room, or /incident timeline with its number anywhere, and follow the link within 15 minutes.";
    private const string OldLink = "This link is older than 15 minutes. Type /incident timeline again: the answer has a fresh one.";
    private const string NotThere = "There is nothing here that you may see. If you work on an incident, type /incident timeline in its war room; the answer says how to go on.";

    private const string AskedBefore = "You asked for a check of a whole record a moment ago. Nothing is lost: go back, look at when the record was checked last, and ask again in ten seconds.";
    private const string OthersAsk = "Other records are being checked, and each check reads a whole record. Nothing is lost: go back and ask again in ten seconds.";

    public static void MapTimelinePage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/incidents/{id}");
        page.AddEndpointFilter(async (context, next) =>
        {
            PageHeaders.Protect(context.HttpContext.Response);
            return await next(context);
        });
        page.MapGet("", PageAsync);
        page.MapMethods("live", [HttpMethods.Get, HttpMethods.Head], LiveAsync);
        page.MapGet("export", ExportAsync);
        page.MapPost("check", CheckAsync).DisableAntiforgery();
        PageAssets.Map(routes);
    }

    private static async Task PageAsync(HttpContext http, string id, PersonalLinks links, Admission admission, TimelinePage page, Drawing drawing)
    {
        var token = http.Request.Query[PersonalLinks.Parameter].ToString();
        if (!IncidentId.TryParse(id, out var incident))
        {
            await CloseAsync(http, drawing, StatusCodes.Status401Unauthorized, NoLink);
        }
        else if (token.Length > 0)
        {
            await FollowLinkAsync(http, incident, links.OpenLink(incident, token), links, drawing);
        }
        else
        {
            await ShowAsync(http, await admission.AdmitAsync(http, incident, http.RequestAborted), page, drawing);
        }
    }

    private static async Task ShowAsync(HttpContext http, Admitted admitted, TimelinePage page, Drawing drawing)
    {
        switch (admitted)
        {
            case Admitted.Reader reader:
                http.Response.ContentType = "text/html; charset=utf-8";
                var zone = ReaderZone.Of(http.Request.Cookies[ReaderZone.Cookie]);
                await page.WriteAsync(http, reader, TimelineFilter.Of(http.Request.Query, zone), zone);
                break;
            case Admitted.NotThere:
                await CloseAsync(http, drawing, StatusCodes.Status404NotFound, NotThere);
                break;
            default:
                await CloseAsync(http, drawing, StatusCodes.Status401Unauthorized, NoLink);
                break;
        }
    }

    // The token goes into a cookie and out of the address: no history, bookmark or screenshot keeps it.
    private static Task FollowLinkAsync(HttpContext http, IncidentId incident, Pass? pass, PersonalLinks links, Drawing drawing)
    {
        if (pass is not { IsOver: false })
        {
            return CloseAsync(http, drawing, StatusCodes.Status401Unauthorized, pass is null ? NoLink : OldLink);
        }

        http.Response.Cookies.Append(Admission.Cookie, links.Ticket(incident, pass.Person), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps || links.BaseUrl.Scheme == Uri.UriSchemeHttps,
            Path = $"/incidents/{incident}",
            MaxAge = PersonalLinks.PageLasts,
        });
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/incidents/{incident}";
        return Task.CompletedTask;
    }

    private static async Task LiveAsync(HttpContext http, string id, Admission admission, [FromKeyedServices(LiveTimeline.Turnstile)] Turnstile following, LiveTimeline live)
    {
        if (!IncidentId.TryParse(id, out var incident) || await admission.AdmitAsync(http, incident, http.RequestAborted) is not Admitted.Reader reader)
        {
            // Not 200, so that the browser asks no more.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var turn = following.Enter(reader.Pass.Person);
        if (turn.Refused is { } status)
        {
            Refuse(http.Response, status, LiveTimeline.WhenFull);
        }
        else if (HttpMethods.IsGet(http.Request.Method))
        {
            await live.FollowAsync(http, reader);
        }
    }

    private static async Task<IResult> ExportAsync(HttpContext http, string id, Admission admission, IRawEntries raw, IOptions<OrganisationOptions> organisation)
    {
        if (!IncidentId.TryParse(id, out var incident) || await admission.AdmitAsync(http, incident, http.RequestAborted) is not Admitted.Reader reader)
        {
            return Results.Text(NoLink, statusCode: StatusCodes.Status401Unauthorized);
        }

        var hash = await IncidentJson.HeadHashAsync(reader.Incident, raw, http.RequestAborted);
        return Results.Stream(
            body => ExportWriter.WriteAsync(body, organisation.Value.Id, incident.Stream, raw, json => IncidentJson.Write(json, reader.Incident, hash), http.RequestAborted),
            "application/json",
            $"{incident.ToString().ToLowerInvariant()}.json");
    }

    private static async Task CheckAsync(HttpContext http, string id, Admission admission, AskedChecks checks, Drawing drawing)
    {
        if (!IncidentId.TryParse(id, out var incident) || await admission.AdmitAsync(http, incident, http.RequestAborted) is not Admitted.Reader reader)
        {
            await CloseAsync(http, drawing, StatusCodes.Status401Unauthorized, NoLink);
            return;
        }

        if (await checks.AskAsync(reader.Pass.Person, incident, http.RequestAborted) is var (status, wait))
        {
            Refuse(http.Response, status, wait);
            await CloseAsync(http, drawing, status, status == StatusCodes.Status429TooManyRequests ? AskedBefore : OthersAsk, $"/incidents/{incident}#record");
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/incidents/{incident}#record";
    }

    private static void Refuse(HttpResponse response, int status, TimeSpan wait)
    {
        response.StatusCode = status;
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task CloseAsync(HttpContext http, Drawing drawing, int status, string sentence, string? back = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var title = back is not null ? "Wait a moment" : status == StatusCodes.Status404NotFound ? "Nothing to see here" : "Ask for a link in chat";
        await http.Response.WriteAsync(await drawing.ClosedAsync(title, sentence, http.Request.Cookies[PageCookies.Theme], back), http.RequestAborted);
    }
}
