using ChatOpsIR.Core.Ports;

namespace ChatOpsIR.Bot.Health;

internal static class HealthEndpoints
{
    /// <summary>Live: the process answers. Ready: the store answers too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("live"));
        routes.MapGet("/healthz/ready", async (IDirectory directory, CancellationToken cancellationToken) =>
        {
            try
            {
                await directory.ListActiveAsync(cancellationToken);
                return Results.Text("ready");
            }
            catch (StoreException problem)
            {
                return Results.Text($"The store does not answer: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
