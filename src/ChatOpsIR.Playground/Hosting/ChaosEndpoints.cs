using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatOpsIR.Playground;

/// <summary>The chaos switches: <c>GET</c> tells levels, counts and notes; <c>POST</c> moves switches and tells the same.</summary>
internal static class ChaosEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/playground/api/chaos", (Workspace workspace) => Answer(workspace.Chaos.Look()));
        routes.MapPost("/playground/api/chaos", Set).AddEndpointFilter(LoopbackGuard.CheckSameOrigin);
    }

    private static IResult Set(JsonObject wanted, Workspace workspace) => workspace.Chaos.Set(wanted) is { } problem
        ? Results.Text(problem, statusCode: StatusCodes.Status400BadRequest)
        : Answer(workspace.Chaos.Look());

    private static IResult Answer(ChaosView chaos) => Results.Text(
        new JsonObject
        {
            ["ok"] = true,
            ["calm"] = chaos.Calm,
            ["troubles"] = new JsonObject(Trouble.All.Select(trouble => KeyValuePair.Create(trouble.Name, (JsonNode?)chaos.Level(trouble)))),
            ["counts"] = Counts(chaos.Counts),
            ["notes"] = new JsonArray([.. chaos.Notes.Select(note => new JsonObject
            {
                ["at"] = note.At.ToString("O", CultureInfo.InvariantCulture),
                ["mark"] = note.Mark.ToString().ToLowerInvariant(),
                ["words"] = note.Words,
            })]),
        }.ToJsonString(),
        "application/json");

    private static JsonObject Counts(ChaosCounts counts) => new()
    {
        ["events"] = counts.Events,
        ["taken"] = counts.Taken,
        ["givenUp"] = counts.GivenUp,
        ["late"] = counts.Late,
        ["doubled"] = counts.Doubled,
        ["reordered"] = counts.Reordered,
        ["unreachable"] = counts.Unreachable,
        ["rateLimited"] = counts.RateLimited,
        ["failed"] = counts.Failed,
        ["dropped"] = counts.Dropped,
        ["slowed"] = counts.Slowed,
    };
}
