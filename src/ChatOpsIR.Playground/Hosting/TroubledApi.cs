using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsIR.Playground;

/// <summary>Web API calls and response URLs with the troubles that are switched on.</summary>
internal static class TroubledApi
{
    public static async ValueTask<object?> Meet(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var fate = http.RequestServices.GetRequiredService<Workspace>().Chaos.FateOf(MethodOf(http.Request));
        var answer = fate.IsCarriedOut ? await next(context) : null;
        if (fate.Slow > TimeSpan.Zero)
        {
            await Task.Delay(fate.Slow, http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestAborted);
        }

        return fate.Outcome switch
        {
            CallOutcome.Answered => answer,
            CallOutcome.RateLimited => Limited(http, fate.RetryAfter),
            CallOutcome.Broken => Results.Text("<!DOCTYPE html><title>Server error</title>", "text/html", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable),
            CallOutcome.InternalError or CallOutcome.InternalErrorAfter => Refused("internal_error", StatusCodes.Status200OK),
            _ => Cut(http),
        };
    }

    private static string MethodOf(HttpRequest request) => request.RouteValues["method"] as string ?? "response_url";

    private static IResult Limited(HttpContext http, int seconds)
    {
        foreach (var (name, value) in TokenBuckets.RetryAfter(seconds))
        {
            http.Response.Headers[name] = value;
        }

        return Refused("ratelimited", StatusCodes.Status429TooManyRequests);
    }

    private static IResult Refused(string error, int status) => Results.Json(new { ok = false, error }, statusCode: status);

    private static IResult Cut(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }
}
